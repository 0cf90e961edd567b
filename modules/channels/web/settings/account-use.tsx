import { Anchor, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyField, Section } from '#platform/web'
import type { AccountWire } from '../channels-api.ts'

/** What to put where so that customers find the account: a script tag, an address, an example. */
export function AccountUse({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const origin = window.location.origin
  const { kind, key, config } = account
  if (kind === 'webchat')
    return (
      <Section title={t('channels.use.title')} text={t('channels.use.chatText')}>
        <CopyField
          label={t('channels.use.script')}
          value={`<script async src="${origin}/widget.js" data-account="${key}"></script>`}
        />
        <Anchor href={`/chat-demo/${key}`} target="_blank" fz="sm">
          {t('channels.use.chatDemo')}
        </Anchor>
        {config?.identitySecret === true && (
          <CopyField
            label={t('channels.use.identity')}
            text={t('channels.use.identityText')}
            value={identityExample(origin, key)}
          />
        )}
      </Section>
    )
  if (kind === 'form')
    return (
      <Section title={t('channels.use.title')} text={t('channels.use.formText')}>
        <CopyField label={t('channels.use.address')} value={`${origin}/f/${key}`} />
        <CopyField
          label={t('channels.use.embed')}
          value={`<script async src="${origin}/f/${key}/embed.js"></script>`}
        />
        <CopyField label={t('channels.use.formPost')} value={formExample(origin, key)} />
      </Section>
    )
  if (kind === 'api')
    return (
      <Section title={t('channels.use.title')} text={t('channels.use.apiText')}>
        <Stack gap="md">
          <CopyField label={t('channels.use.address')} value={`${origin}/in/${key}`} />
          <CopyField
            label={t('channels.use.example')}
            text={config?.secret === true ? t('channels.use.signedText') : t('channels.use.unsignedText')}
            value={apiExample(origin, key, config?.secret === true)}
          />
        </Stack>
      </Section>
    )
  return null
}

const MESSAGE = `{"id":"1001","thread":"order-42","from":{"id":"c-7","name":"Мария","email":"maria@example.com"},"text":"Где мой заказ?"}`

const apiExample = (origin: string, key: string, isSigned: boolean) =>
  isSigned
    ? `BODY='${MESSAGE}'
T=$(date +%s)
V1=$(printf '%s' "$T.$BODY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')
curl -X POST ${origin}/in/${key} \\
  -H 'Content-Type: application/json' \\
  -H "Okno-Signature: t=$T,v1=$V1" \\
  -d "$BODY"`
    : `curl -X POST ${origin}/in/${key} \\
  -H 'Content-Type: application/json' \\
  -d '${MESSAGE}'`

const formExample = (origin: string, key: string) => `curl -X POST ${origin}/f/${key} \\
  -H 'Content-Type: application/json' \\
  -d '{"name":"Мария","email":"maria@example.com","message":"Есть ли доставка?"}'`

const identityExample = (origin: string, key: string) => `// On your server (Node.js):
const identity = Buffer.from(JSON.stringify({
  id: user.id, name: user.name, email: user.email, exp: Math.floor(Date.now() / 1000) + 3600,
})).toString('base64url')
const signature = createHmac('sha256', SECRET).update(identity).digest('hex')

<script async src="${origin}/widget.js" data-account="${key}"
  data-identity="\${identity}" data-signature="\${signature}"></script>`
