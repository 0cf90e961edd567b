import { Button } from '@mantine/core'
import { IconArchive, IconDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmButton, formatBytes, formatExact, Mark, Moment, Row, useWorkspaceZone } from '#platform/web'
import { type ArchiveWire, archivesQuery, useRemoveArchive } from './archives-api.ts'

/** One export: who made it and when, what became of it, and its file while there is one. */
export function ArchiveRow({ archive }: { archive: ArchiveWire }) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const cache = useQueryClient()
  const remove = useRemoveArchive()
  const { id, operator, createdAt, state, sizeBytes, endsAt, takenAt, problem, can } = archive
  const isThere = state === 'done' && can.remove
  return (
    <Row
      icon={<IconArchive size={22} stroke={1.6} />}
      title={operator.name}
      isDimmed={state === 'ended' || (state === 'done' && !isThere)}
      detail={
        <>
          <Moment at={createdAt} />
          {sizeBytes !== null && ` · ${formatBytes(sizeBytes, i18n.language)}`}
          {isThere && ` · ${t('exchange.archive.until', { at: formatExact(new Date(endsAt), i18n.language, zone) })}`}
          {takenAt && ` · ${t('exchange.archive.taken', { at: formatExact(new Date(takenAt), i18n.language, zone) })}`}
          {problem && (
            <div style={{ color: 'var(--mantine-color-error)' }}>
              {t([problem.replace('.', '.problems.'), 'exchange.problems.other'], { code: problem })}
            </div>
          )}
        </>
      }
      aside={
        <>
          {!isThere && <Mark looks={state === 'failed' ? 'bad' : 'calm'}>{t(`exchange.archive.states.${state}`)}</Mark>}
          {can.take && (
            <Button
              component="a"
              size="xs"
              href={`/api/v1/workspace-archives/${id}/file`}
              download
              leftSection={<IconDownload size={16} />}
              // The browser takes it by itself; that it was taken is known a moment later.
              onClick={() => setTimeout(() => void cache.invalidateQueries({ queryKey: archivesQuery.queryKey }), 1500)}
            >
              {t('exchange.archive.download')}
            </Button>
          )}
          {isThere && (
            <ConfirmButton
              question={t('exchange.archive.removeQuestion')}
              confirm={t('exchange.archive.remove')}
              onConfirm={() => remove.mutate(id)}
              isPending={remove.isPending}
            >
              {t('exchange.archive.remove')}
            </ConfirmButton>
          )}
        </>
      }
    />
  )
}
