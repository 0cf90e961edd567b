import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rowOutcomes } from '#modules/exchange/contract'
import { useLanguage } from '#modules/objects/web'
import { ConfirmButton, Notice, Section } from '#platform/web'
import classes from './import.module.css'
import { type ImportCardWire, type RowFilter, useMoveImport } from './import-api.ts'
import { ImportRows } from './import-rows.tsx'
import { UNKNOWN_OPERATORS } from './unknown-operators.tsx'

/** What will become of the rows, or what became: in numbers, row by row, and what can be done now. */
export function CheckedImport({ one }: { one: ImportCardWire }) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const move = useMoveImport(one.id)
  const [outcome, setOutcome] = useState<RowFilter>()
  const isDone = one.result !== null
  const counts = one.result ?? one.expected
  if (!counts) return null
  const unknown = one.othersOperatorId ? 0 : one.operators.filter(({ operatorId }) => operatorId === null).length
  const number = new Intl.NumberFormat(i18n.language)
  const taken = counts.created + counts.changed + counts.joined
  const filters: { key: RowFilter; label: string; count: number }[] = [
    {
      key: undefined,
      label: t('exchange.imports.rows.all'),
      count: rowOutcomes.reduce((sum, key) => sum + counts[key], 0),
    },
    ...rowOutcomes.map((key) => ({
      key,
      label: t(`exchange.imports.rows.${isDone ? 'did' : 'will'}.${key}`, { count: counts[key] }),
      count: counts[key],
    })),
    {
      key: 'remarked',
      label: t('exchange.imports.rows.remarked', { count: counts.remarked }),
      count: counts.remarked,
    },
    ...(one.undo
      ? [
          {
            key: 'left' as const,
            label: t('exchange.imports.rows.left', { count: one.undo.left }),
            count: one.undo.left,
          },
        ]
      : []),
  ]
  return (
    <Section
      title={t(isDone ? 'exchange.imports.result' : 'exchange.imports.expected')}
      text={t(isDone ? 'exchange.imports.resultText' : 'exchange.imports.expectedText')}
    >
      <Stack gap="md">
        {one.undo && one.state === 'undone' && (
          <Notice role="status">
            <Text fz="sm">{t('exchange.imports.undoneText', one.undo)}</Text>
          </Notice>
        )}
        {!isDone && unknown > 0 && (
          <Notice role="status">
            <Text fz="sm">
              {t('exchange.imports.operators.found', { count: unknown })}{' '}
              <Anchor fz="inherit" underline="always" href={`#${UNKNOWN_OPERATORS}`}>
                {t('exchange.imports.operators.say')}
              </Anchor>
            </Text>
          </Notice>
        )}
        <fieldset className={classes.counts} aria-label={t('exchange.imports.rows.filter')}>
          {filters
            .filter(({ key, count }) => key === undefined || count > 0)
            .map(({ key, label, count }) => (
              <button key={key ?? 'all'} type="button" aria-pressed={outcome === key} onClick={() => setOutcome(key)}>
                <span className="okno-numbers">{number.format(count)}</span> {label}
              </button>
            ))}
        </fieldset>
        <Group gap="sm">
          {one.can.run && (
            <Button loading={move.isPending} disabled={!isDone && taken === 0} onClick={() => move.mutate('run')}>
              {isDone ? t('exchange.imports.goOn') : t('exchange.imports.run', { count: taken })}
            </Button>
          )}
          {counts.refused > 0 && (
            <Anchor fz="sm" href={`/api/v1/imports/${one.id}/refused?locale=${language}`} download>
              {t('exchange.imports.download', { count: counts.refused })}
            </Anchor>
          )}
          {counts.remarked > 0 && (
            <Anchor fz="sm" href={`/api/v1/imports/${one.id}/remarks?locale=${language}`} download>
              {t('exchange.imports.downloadRemarks', { count: counts.remarked })}
            </Anchor>
          )}
          {one.can.undo && (
            <ConfirmButton
              size="sm"
              question={t('exchange.imports.undoQuestion')}
              confirm={t('exchange.imports.undo')}
              isPending={move.isPending}
              onConfirm={() => move.mutate('undo')}
            >
              {t('exchange.imports.undo')}
            </ConfirmButton>
          )}
        </Group>
        <ImportRows one={one} outcome={outcome} />
      </Stack>
    </Section>
  )
}
