import { Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ConfirmButton, formatSpan } from '#platform/web'
import { type ArchiveWire, useRemoveArchive } from './archives-api.ts'

/** How far the file is and how long it will take. */
export function ArchiveUnderWay({ archive }: { archive: ArchiveWire }) {
  const { t, i18n } = useTranslation()
  const remove = useRemoveArchive()
  const { done, total, secondsLeft } = archive
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <Stack gap="xs" role="status">
      <Group justify="space-between" gap="sm">
        <Text fz="sm" fw={500}>
          {t('exchange.archive.making')}
        </Text>
        <Text fz="sm" c="dimmed" className="okno-numbers">
          {total !== null && t('exchange.archive.progress', { done: number.format(done), total: number.format(total) })}
          {secondsLeft !== null &&
            ` · ${t('exchange.imports.left', { time: formatSpan(secondsLeft * 1000, i18n.language) })}`}
        </Text>
      </Group>
      <Progress value={total ? (done / total) * 100 : 0} animated aria-label={t('exchange.archive.making')} />
      <Group gap="sm">
        <ConfirmButton
          question={t('exchange.archive.stopQuestion')}
          confirm={t('exchange.imports.stop')}
          onConfirm={() => remove.mutate(archive.id)}
          isPending={remove.isPending}
        >
          {t('exchange.imports.stop')}
        </ConfirmButton>
        <Text fz="xs" c="dimmed">
          {t('exchange.imports.mayLeave')}
        </Text>
      </Group>
    </Stack>
  )
}
