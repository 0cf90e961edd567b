import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TimelineWire } from './card-api.ts'

/** Where the thing is shown that an entry is about. */
const ADDRESSES: Readonly<Record<string, (id: string) => string>> = {
  conversation: (id) => `/inbox/${id}`,
  person: (id) => `/people/${id}`,
}

type Told = Pick<TimelineWire, 'kind' | 'object' | 'objectId' | 'data'>

/** One entry of a timeline in words; what it is about opens with a click. */
export function TimelineWords({ entry }: { entry: Told }) {
  const words = useWords(entry)
  const address = entry.object && entry.objectId ? ADDRESSES[entry.object]?.(entry.objectId) : undefined
  if (!address) return <span>{words}</span>
  return (
    <Anchor component={Link} to={address} c="var(--okno-accent-text)" fz="sm">
      {words}
    </Anchor>
  )
}

/** Each module names its own happenings: `inbox.conversation_closed` stands under `inbox.timeline`. */
function useWords({ kind, data }: Told): string {
  const { t } = useTranslation()
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const values = Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value !== 'object'))
  const purpose = text('purpose')
  const [module, name] = kind.split('.')
  const line = t([`${module}.timeline.${name}`, 'customers.timeline.other'], {
    kind,
    ...values,
    stage: text('to') && t([`customers.stages.${text('to')}`, 'common.none']),
    purpose: purpose && t([`customers.purposes.${purpose}`, 'customers.purposes.other'], { purpose }),
    channel: text('channel')
      ? t(`customers.channels.${text('channel')}`, { defaultValue: text('channel') })
      : t('customers.channels.any'),
    relation: text('kind') && t(`customers.relations.kinds.${text('kind')}`, { defaultValue: text('kind') }),
    wish: t(wishOf(data.isWelcome)),
  })
  // A chat has no subject: nothing follows the colon then.
  return line.replace(/:\s*$/, '')
}

const wishOf = (isWelcome: unknown) => {
  if (isWelcome === true) return 'customers.wishes.welcome'
  return isWelcome === false ? 'customers.wishes.unwelcome' : 'customers.wishes.forgotten'
}
