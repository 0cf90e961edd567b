import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ConfirmButton, notify, problemText } from '#platform/web'
import { type OperatorWire, useSaveOperator } from './settings-api.ts'

/** Ends somebody's work here, or lets them come back. Their history stays. */
export function OperatorArchive({ operator, onDone }: { operator: OperatorWire; onDone: () => void }) {
  const { t } = useTranslation()
  const save = useSaveOperator(operator.id)
  const set = (isArchived: boolean) =>
    save.mutate({ isArchived }, { onSuccess: onDone, onError: (error) => void notify(problemText(t, error), 'bad') })
  return (
    <div>
      {operator.isArchived ? (
        <Button variant="default" loading={save.isPending} onClick={() => set(false)}>
          {t('access.operators.restore')}
        </Button>
      ) : (
        <ConfirmButton
          size="sm"
          question={t('access.operators.archiveQuestion', { name: operator.name })}
          confirm={t('access.operators.archive')}
          onConfirm={() => set(true)}
          isPending={save.isPending}
        >
          {t('access.operators.archive')}
        </ConfirmButton>
      )}
    </div>
  )
}
