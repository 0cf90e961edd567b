import { Button, Group, Loader, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatExact, useWorkspaceZone } from '#platform/web'
import { exportQuery } from './exports-api.ts'

/** How far an export is, and the way to its file. */
export function ExportProgress({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const { data: made } = useQuery(exportQuery(id))
  if (!made || made.state === 'waiting' || made.state === 'running')
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text fz="sm">{t('exchange.export.written', { count: made?.done ?? 0 })}</Text>
      </Group>
    )
  if (made.state !== 'done')
    return (
      <Text fz="sm" c="var(--mantine-color-error)" role="alert">
        {t('exchange.export.failed')}
      </Text>
    )
  return (
    <Group gap="sm" role="status">
      <Button
        component="a"
        size="xs"
        href={`/api/v1/exports/${id}/file`}
        download
        leftSection={<IconDownload size={16} />}
      >
        {t('exchange.export.download', { size: formatBytes(made.sizeBytes ?? 0, i18n.language) })}
      </Button>
      <Text fz="xs" c="dimmed">
        {t('exchange.export.until', { at: formatExact(new Date(made.endsAt), i18n.language, zone) })}
      </Text>
    </Group>
  )
}
