import { useTranslation } from 'react-i18next'
import { Mark } from '#platform/web'
import type { ImportJobWire } from './import-api.ts'

const LOOKS = { done: 'good', failed: 'bad', stopped: 'soon' } as const

/** How far an import is, in a word or two. */
export function ImportState({ one: { state, result } }: { one: Pick<ImportJobWire, 'state' | 'result'> }) {
  const { t } = useTranslation()
  const looks = state in LOOKS ? LOOKS[state as keyof typeof LOOKS] : 'calm'
  return (
    <Mark looks={looks}>
      {state === 'done' && result
        ? t('exchange.imports.states.doneWith', { count: result.created + result.changed })
        : t(`exchange.imports.states.${state}`)}
    </Mark>
  )
}
