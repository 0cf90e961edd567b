import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from './api.ts'
import { failureText } from './states.tsx'

/** One line in the place of a part that could not be read, while the rest stands: that it is missing, why, and another try. */
export function MissingPart({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  // Whose role does not include a part does not miss it.
  if (error instanceof ApiProblem && error.problem.status === 403) return null
  return (
    <Group role="status" gap={6} wrap="nowrap" justify="space-between">
      <Text fz="xs" c="dimmed">
        {failureText(t, error, 'inShort')}
      </Text>
      <Button variant="light" size="compact-xs" flex="none" onClick={onRetry}>
        {t('states.retry')}
      </Button>
    </Group>
  )
}
