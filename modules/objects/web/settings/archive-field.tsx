import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Field } from '#platform/shared/objects/object'
import { notify, problemText } from '#platform/web'
import { useChangeField } from '../objects-api.ts'

/** Takes a field out of use, or brings it back. Nothing that it holds is lost. */
export function ArchiveField({ object, field, onDone }: { object: string; field: Field; onDone: () => void }) {
  const { t } = useTranslation()
  const change = useChangeField(object, field.key)
  const archive = () =>
    change.mutate(
      { isArchived: !field.isArchived },
      { onSuccess: onDone, onError: (error) => void notify(problemText(t, error), 'bad') },
    )
  return (
    <div>
      <Button variant="default" size="sm" loading={change.isPending} onClick={archive}>
        {t(field.isArchived ? 'objects.field.restore' : 'objects.field.archive')}
      </Button>
    </div>
  )
}
