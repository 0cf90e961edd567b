import { ActionIcon, Tooltip } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { EmptyState, ErrorState, givesWay, LoadingState, Moment, SidePanel } from '#platform/web'
import classes from './bulk.module.css'
import { bulkEditsQuery } from './bulk-api.ts'
import { BulkLine } from './bulk-line.tsx'

/** The bulk edits of the last days, to look at and to put back. */
export function BulkLog({ described }: { described: ObjectDescription }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Tooltip label={t('objects.bulk.log')}>
        <ActionIcon size={36} variant="default" aria-label={t('objects.bulk.log')} onClick={() => setOpen(true)}>
          <IconHistory size={16} />
        </ActionIcon>
      </Tooltip>
      <SidePanel title={t('objects.bulk.log')} isOpen={isOpen} onClose={() => setOpen(false)} size={620}>
        {isOpen && <Edits described={described} />}
      </SidePanel>
    </>
  )
}

function Edits({ described }: { described: ObjectDescription }) {
  const { t } = useTranslation()
  const { data: edits, error, refetch } = useQuery(bulkEditsQuery(described.key))
  if (givesWay(edits, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!edits) return <LoadingState />
  if (edits.length === 0)
    return <EmptyState icon={IconHistory} title={t('objects.bulk.none')} text={t('objects.bulk.noneText')} />
  return (
    <ul className={classes.edits}>
      {edits.map((edit) => (
        <li key={edit.id}>
          <span className={classes.why}>
            {edit.operatorName}, <Moment at={edit.createdAt} />
          </span>
          <BulkLine edit={edit} described={described} />
        </li>
      ))}
    </ul>
  )
}
