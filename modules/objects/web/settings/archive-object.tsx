import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { Mark, notify, problemText } from '#platform/web'
import { useChangeObject } from '../objects-api.ts'

/** Takes an object of the company out of use, or brings it back. Its records stay. */
export function ArchiveObject({ object }: { object: ObjectDescription }) {
  const { t } = useTranslation()
  const change = useChangeObject(object.key)
  const archive = () =>
    change.mutate({ isArchived: !object.isArchived }, { onError: (error) => void notify(problemText(t, error), 'bad') })
  return (
    <Group gap="sm" mb="lg">
      {object.isArchived && <Mark looks="calm">{t('objects.object.archived')}</Mark>}
      <Button size="xs" variant="default" loading={change.isPending} onClick={archive}>
        {t(object.isArchived ? 'objects.field.restore' : 'objects.object.archive')}
      </Button>
    </Group>
  )
}
