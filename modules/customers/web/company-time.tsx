import { useTranslation } from 'react-i18next'
import { formatExact, useNow, useWorkspaceZone } from '#platform/web'
import { dueWords } from './tasks/task-time.ts'

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The clock that counts on cards, for tasks and what happened: the company's. */
export const useCompanyZone = (): string => useWorkspaceZone() ?? ownZone()

/** When something is due or was done: short by the clock of the company, exact on hover. */
export function CompanyTime({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const now = useNow()
  const timeZone = useCompanyZone()
  const date = new Date(at)
  return (
    <time dateTime={at} title={formatExact(date, i18n.language, timeZone)} className="okno-numbers">
      {dueWords(date, new Date(now), { timeZone, locale: i18n.language })}
    </time>
  )
}
