import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  EmptyState,
  ErrorState,
  givesWay,
  LoadingState,
  Mark,
  Moment,
  Page,
  problemText,
  Row,
  Rows,
  Section,
} from '#platform/web'
import { type ErasureWire, erasuresQuery, useAskErased } from './personal-data-api.ts'

/** Proofs of erasures: what was done, when and on what ground, and whether an address was ever erased. */
export default function ErasuresSettings() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(erasuresQuery)
  return (
    <Page
      title={t('customers.personalData.settingsTitle')}
      text={t('customers.personalData.settingsText')}
      actions={
        <Button component="a" variant="default" href="/api/v1/erasures/kept" download>
          {t('customers.personalData.keep')}
        </Button>
      }
    >
      <Stack gap="xl">
        <AskErased />
        <Section title={t('customers.personalData.proofs')} text={t('customers.personalData.proofsText')}>
          {givesWay(data, error) && <ErrorState error={error} onRetry={() => void refetch()} />}
          {!error && !data && <LoadingState />}
          {data?.items.length === 0 && <EmptyState icon={IconShieldCheck} title={t('customers.personalData.none')} />}
          {data && data.items.length > 0 && <Proofs proofs={data.items} />}
        </Section>
      </Stack>
    </Page>
  )
}

function AskErased() {
  const { t } = useTranslation()
  const [value, setValue] = useState('')
  const ask = useAskErased()
  return (
    <Section title={t('customers.personalData.askTitle')} text={t('customers.personalData.askText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate(value)
        }}
      >
        <Group align="end" gap="sm">
          <TextInput
            label={t('customers.personalData.address')}
            flex="1 1 220px"
            value={value}
            error={ask.error ? problemText(t, ask.error) : undefined}
            onChange={(event) => {
              setValue(event.currentTarget.value)
              ask.reset()
            }}
          />
          <Button type="submit" loading={ask.isPending} disabled={value.trim() === ''}>
            {t('customers.personalData.ask')}
          </Button>
        </Group>
      </form>
      <div role="status">
        {ask.data?.items.length === 0 && <Text fz="sm">{t('customers.personalData.neverErased')}</Text>}
        {ask.data && ask.data.items.length > 0 && <Proofs proofs={ask.data.items} />}
      </div>
    </Section>
  )
}

function Proofs({ proofs }: { proofs: readonly ErasureWire[] }) {
  const { t } = useTranslation()
  return (
    <Rows label={t('customers.personalData.proofs')}>
      {proofs.map((proof) => (
        <Row
          key={proof.id}
          icon={<IconShieldCheck size={20} stroke={1.6} />}
          title={
            <>
              <Moment at={proof.erasedAt} /> · {t(`customers.personalData.grounds.${proof.ground}`)}
            </>
          }
          detail={<ProofDetail proof={proof} />}
          aside={<Leftovers proof={proof} />}
        />
      ))}
    </Rows>
  )
}

function ProofDetail({ proof: { operatorName, note, counts, identityCount } }: { proof: ErasureWire }) {
  const { t } = useTranslation()
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <details>
      <summary>
        {[operatorName, note, t('customers.personalData.rows', { count: rows })]
          .filter((part) => part !== '')
          .join(' · ')}
      </summary>
      <Text fz="xs">{t('customers.personalData.hashes', { count: identityCount })}</Text>
      {Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([table, count]) => (
          <Text key={table} fz="xs" ff="monospace">
            {table}: {count}
          </Text>
        ))}
    </details>
  )
}

function Leftovers({ proof: { checkedAt, mentions } }: { proof: ErasureWire }) {
  const { t } = useTranslation()
  if (!checkedAt || !mentions) return <Mark>{t('customers.personalData.checking')}</Mark>
  const count = mentions.reduce((sum, { rows }) => sum + rows, 0)
  if (count === 0) return <Mark>{t('customers.personalData.nothingLeft')}</Mark>
  return (
    <Mark title={mentions.map(({ table, rows }) => `${table}: ${rows}`).join('\n')}>
      {t('customers.personalData.mentioned', { count })}
    </Mark>
  )
}
