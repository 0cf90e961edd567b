import { Button, Group, Text } from '@mantine/core'
import { IconExternalLink, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountWire } from '../channels-api.ts'
import { IntakeTrouble } from './intake-trouble.tsx'
import classes from './sandbox.module.css'

/** Each run of the page begins with a visitor of its own. */
const firstVisitor = () => Date.now().toString(36)

/** A visitor of a trial shop with the real widget. Another visitor is another browser: nothing is shared. */
export function ChatCustomer({ account }: { account: AccountWire }) {
  const { t, i18n } = useTranslation()
  const [visitor, setVisitor] = useState(firstVisitor)
  const lang = i18n.language === 'ru' ? 'ru' : 'en'
  const address = `/chat-demo/${account.key}?visitor=${visitor}&lang=${lang}`
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text fz="sm" c="dimmed" flex="1 1 240px">
          {t('channels.sandbox.chatText')}
        </Text>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUserPlus size={14} />}
            onClick={() => setVisitor(firstVisitor())}
          >
            {t('channels.sandbox.newVisitor')}
          </Button>
          <Button
            size="xs"
            variant="default"
            component="a"
            href={address}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={14} />}
          >
            {t('channels.sandbox.newTab')}
          </Button>
        </Group>
      </Group>
      <IntakeTrouble account={account} kind="webchat" />
      <iframe key={visitor} className={classes.frame} src={address} title={t('channels.sandbox.chatFrame')} />
    </>
  )
}
