import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatSpan } from '#platform/web'
import { type ImportCardWire, useMoveImport } from './import-api.ts'

const UNDER_WAY = ['checking', 'running', 'undoing']
const AFTERWARDS = ['done', 'stopped', 'failed']

/** What is under way: how far it is and how long it will take. */
export function UnderWay({ one }: { one: ImportCardWire }) {
  const { t, i18n } = useTranslation()
  const move = useMoveImport(one.id)
  if (!UNDER_WAY.includes(one.state)) return <SearchLearns one={one} />
  const total =
    one.state === 'undoing' && one.result ? one.result.created + one.result.changed + one.result.joined : one.total
  const number = new Intl.NumberFormat(i18n.language)
  const share = total ? Math.min(100, (one.done / total) * 100) : 0
  return (
    <Stack gap="xs" role="status">
      <Group justify="space-between" gap="sm">
        <Text fz="sm" fw={500}>
          {t(`exchange.imports.doing.${one.state}`)}
        </Text>
        <Text fz="sm" c="dimmed" className="okno-numbers">
          {total
            ? t('exchange.imports.progress', { done: number.format(one.done), total: number.format(total) })
            : t('exchange.imports.progressOpen', { done: number.format(one.done) })}
          {one.secondsLeft !== null &&
            ` · ${t('exchange.imports.left', { time: formatSpan(one.secondsLeft * 1000, i18n.language) })}`}
        </Text>
      </Group>
      <Progress value={share} animated aria-label={t(`exchange.imports.doing.${one.state}`)} />
      {one.can.stop && (
        <Group>
          <Button size="xs" variant="default" loading={move.isPending} onClick={() => move.mutate('stop')}>
            {t('exchange.imports.stop')}
          </Button>
          <Text fz="xs" c="dimmed">
            {t('exchange.imports.mayLeave')}
          </Text>
        </Group>
      )}
    </Stack>
  )
}

/** Search is told of new cards behind the import; until it knows all of them, that is said. */
function SearchLearns({ one }: { one: ImportCardWire }) {
  const { t, i18n } = useTranslation()
  if (!AFTERWARDS.includes(one.state) || one.searched === null || one.searched >= one.done) return null
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <Text fz="sm" c="dimmed" role="status">
      {t('exchange.imports.searchLearns', { done: number.format(one.searched), total: number.format(one.done) })}
    </Text>
  )
}
