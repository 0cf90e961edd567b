import { ActionIcon, CopyButton, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconAt,
  IconCheck,
  IconFingerprint,
  IconHash,
  IconPhone,
  IconShieldCheck,
  IconShieldQuestion,
  IconUsersGroup,
  IconWorld,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatExact, useWorkspaceZone } from '#platform/web'
import { readExternalId } from '../../contract/external-ids.ts'
import { type CardWire, type IdentityWire, useShareIdentity } from '../customers-api.ts'
import { identityText } from '../identity-text.ts'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'
import { eachOnce } from './each-once.ts'

const ICONS = { email: IconAt, phone: IconPhone, visitor: IconWorld, external: IconHash, channel: IconFingerprint }

/** Ways to recognise this person; a click copies. */
export function CardIdentities({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const all = eachOnce(person.identities)
  const shown = all.filter(({ kind }) => kind === 'email' || kind === 'phone' || kind === 'external')
  const visitors = all.length - shown.length
  return (
    <CardSection title={t('customers.identities')}>
      {shown.map((identity) => (
        <IdentityLine key={identity.id} identity={identity} canEdit={person.can.edit} />
      ))}
      {visitors > 0 && <span className={classes.proof}>{t('customers.otherIdentities', { count: visitors })}</span>}
      {person.identities.length === 0 && <span className={classes.blank}>{t('customers.noIdentities')}</span>}
    </CardSection>
  )
}

function IdentityLine({ identity, canEdit }: { identity: IdentityWire; canEdit: boolean }) {
  const { t } = useTranslation()
  const Icon = ICONS[identity.kind]
  return (
    <div className={classes.identity}>
      <Icon size={15} stroke={1.6} aria-label={t(`customers.kinds.${identity.kind}`)} role="img" />
      <CopyButton value={identity.kind === 'external' ? readExternalId(identity.value).number : identity.value}>
        {({ copied, copy }) => (
          <UnstyledButton className={`${classes.value} okno-clip`} onClick={copy} title={t('common.copy')} fz="sm">
            {copied ? (
              <>
                <IconCheck size={13} aria-hidden /> {t('common.copied')}
              </>
            ) : (
              identityText(t, identity)
            )}
          </UnstyledButton>
        )}
      </CopyButton>
      {(identity.kind === 'phone' || identity.kind === 'email') && <Shared identity={identity} canEdit={canEdit} />}
      <Proof identity={identity} />
    </div>
  )
}

/** Whether several people use a phone or a mailbox (family, office): then it joins nobody, and one is asked who speaks. */
function Shared({ identity: { id, personId, shared, value }, canEdit }: { identity: IdentityWire; canEdit: boolean }) {
  const { t } = useTranslation()
  const share = useShareIdentity(personId)
  if (!shared && !canEdit) return null
  return (
    <Tooltip multiline maw={280} label={t(shared ? 'customers.shared.is' : 'customers.shared.mark')}>
      <ActionIcon
        size="xs"
        variant={shared ? 'light' : 'subtle'}
        className={shared ? '' : (classes.shareMark ?? '')}
        aria-pressed={shared}
        aria-label={t('customers.shared.of', { value })}
        disabled={!canEdit}
        loading={share.isPending}
        onClick={() => share.mutate({ identityId: id, shared: !shared })}
      >
        <IconUsersGroup size={14} />
      </ActionIcon>
    </Tooltip>
  )
}

/** Proven or only claimed, and by what. */
function Proof({ identity: { proven, evidence } }: { identity: IdentityWire }) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const Icon = proven ? IconShieldCheck : IconShieldQuestion
  const sources = evidence.map(({ source, at }) =>
    t('customers.evidence.line', {
      source: t([`customers.evidence.${source}`, 'customers.evidence.other'], { source }),
      at: formatExact(new Date(at), i18n.language, zone),
    }),
  )
  const word = t(proven ? 'customers.proven' : 'customers.claimed')
  return (
    <Tooltip
      multiline
      maw={320}
      label={[t(proven ? 'customers.provenHint' : 'customers.claimedHint'), ...sources].join('\n')}
      style={{ whiteSpace: 'pre-line' }}
    >
      <UnstyledButton className={classes.proof ?? ''} data-proven={proven}>
        <Icon size={14} stroke={1.8} aria-hidden />
        {word}
      </UnstyledButton>
    </Tooltip>
  )
}
