import { useTranslation } from 'react-i18next'
import { formatExact, useWorkspaceZone } from '#platform/web'

interface Happening {
  code: string
  params: Record<string, string | number>
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T/

/** Words for stored happenings, such as why somebody owns a conversation; moments among the values become readable. */
export function useWhatHappened() {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  return ({ code, params }: Happening, actor: string): string => {
    const values = Object.entries(params).map(([key, value]): [string, string | number] => {
      if (typeof value === 'string' && MOMENT.test(value))
        return [key, formatExact(new Date(value), i18n.language, zone)]
      if (key === 'priority') return [key, t(`inbox.priorities.${value}`)]
      if (key === 'status') return [key, t(`inbox.statuses.${value}`)]
      return [key, value]
    })
    const named: Record<string, string | number> = { actor, ...Object.fromEntries(values) }
    return t([`inbox.events.${wordingOf(code, params)}`, 'inbox.events.other'], named)
  }
}

/** Some happenings have several wordings: tags that only came, or only went; a conversation that has no team any more. */
function wordingOf(code: string, { added, removed, team }: Happening['params']): string {
  if (code === 'team_changed' && team === '') return 'team_none'
  if (code !== 'tags_changed' || (added && removed)) return code
  return added ? 'tags_added' : 'tags_removed'
}
