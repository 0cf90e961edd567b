import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { notify, problemText } from '#platform/web'
import { ExportProgress } from './export-progress.tsx'
import { useOrderPerson } from './exports-api.ts'

/** Everything that is kept about a person, as a file to be handed to them. */
export function PersonExport({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const order = useOrderPerson(personId)
  if (order.data) return <ExportProgress id={order.data.id} />
  return (
    <Button
      size="xs"
      variant="default"
      loading={order.isPending}
      onClick={() => order.mutate(undefined, { onError: (error) => void notify(problemText(t, error), 'bad') })}
    >
      {t('exchange.export.person')}
    </Button>
  )
}
