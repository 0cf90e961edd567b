import { Group, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export interface Trouble {
  duplicates: number
  delayMs: number
}
export const noTrouble: Trouble = { duplicates: 0, delayMs: 0 }

const MAX_DUPLICATES = 20
const MAX_SECONDS = 60

/** What may happen to a customer's words on their way in: sent several times over, or late. */
export function IncomingTrouble({ trouble, onChange }: { trouble: Trouble; onChange: (trouble: Trouble) => void }) {
  const { t } = useTranslation()
  return (
    <Group gap="md" grow align="start">
      <NumberInput
        label={t('channels.sandbox.duplicates')}
        description={t('channels.sandbox.duplicatesHint')}
        min={0}
        max={MAX_DUPLICATES}
        clampBehavior="strict"
        allowDecimal={false}
        value={trouble.duplicates}
        onChange={(value) => onChange({ ...trouble, duplicates: Number(value) })}
      />
      <NumberInput
        label={t('channels.sandbox.delay')}
        description={t('channels.sandbox.delayHint')}
        min={0}
        max={MAX_SECONDS}
        clampBehavior="strict"
        value={trouble.delayMs / 1000}
        onChange={(value) => onChange({ ...trouble, delayMs: Math.round(Number(value) * 1000) })}
      />
    </Group>
  )
}
