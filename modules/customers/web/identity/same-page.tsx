import { Button, Checkbox, Group } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import { EmptyState, ErrorState, givesWay, LoadingState, Page, useShortcuts } from '#platform/web'
import classes from './identity.module.css'
import { type CandidateWire, candidatesQuery, useDecide } from './identity-api.ts'
import { IdentityTabs } from './identity-tabs.tsx'
import { PairDecision } from './pair-decision.tsx'
import { RuleStandings } from './rule-standings.tsx'

const idOf = ({ a, b }: CandidateWire) => `${a.id} ${b.id}`

/** Pairs of cards that may be one person: decide one after another by keys, or several at once. */
export default function SamePage() {
  const { t } = useTranslation()
  const canEdit = useCan('customers.edit')
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(candidatesQuery)
  const pairs = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const [openId, setOpenId] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const decide = useDecide()
  const at = Math.max(
    0,
    pairs.findIndex((pair) => idOf(pair) === openId),
  )
  const open = pairs[at]
  const move = (step: number) => {
    const next = pairs[at + step]
    if (next) setOpenId(idOf(next))
  }
  useShortcuts({ j: () => move(1), k: () => move(-1) })

  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <LoadingState />
  const wanted = pairs.filter((pair) => chosen.has(idOf(pair)))
  const decideAll = (decision: 'merge' | 'dismiss') =>
    decide.mutate(
      { decision, pairs: wanted.map(({ a, b }) => ({ personId: a.id, otherId: b.id })) },
      { onSettled: () => setChosen(new Set()) },
    )
  const toggle = (id: string) =>
    setChosen(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]))
  return (
    <Page title={<IdentityTabs at="same" />} text={t('customers.same.text')} width={1180}>
      {pairs.length === 0 || !open ? (
        <EmptyState icon={IconUsers} title={t('customers.same.none')} text={t('customers.same.noneText')} />
      ) : (
        <div className={classes.review}>
          <div>
            {wanted.length > 0 && (
              <Group gap="xs" mb="xs">
                <span>{t('customers.same.selected', { count: wanted.length })}</span>
                <Button size="compact-xs" loading={decide.isPending} onClick={() => decideAll('merge')}>
                  {t('customers.same.bulkJoin')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={decide.isPending}
                  onClick={() => decideAll('dismiss')}
                >
                  {t('customers.same.bulkDifferent')}
                </Button>
              </Group>
            )}
            <ul className={classes.pairs} aria-label={t('customers.same.list')}>
              {pairs.map((pair) => (
                <li key={idOf(pair)} data-open={pair === open}>
                  {canEdit && (
                    <Checkbox
                      size="xs"
                      aria-label={t('customers.same.selectPair', { a: pair.a.name, b: pair.b.name })}
                      checked={chosen.has(idOf(pair))}
                      onChange={() => toggle(idOf(pair))}
                    />
                  )}
                  <button type="button" aria-current={pair === open} onClick={() => setOpenId(idOf(pair))}>
                    <span className="okno-clip">{pair.a.name}</span>
                    <span className="okno-clip">{pair.b.name}</span>
                    <Likelihood probability={pair.probability} />
                  </button>
                </li>
              ))}
            </ul>
            {hasNextPage && (
              <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t('common.loadMore')}
              </Button>
            )}
            <RuleStandings />
          </div>
          <PairDecision key={idOf(open)} pair={open} canEdit={canEdit} />
        </div>
      )}
    </Page>
  )
}

/** How likely the two are one person, never rounded up to certain. */
export function Likelihood({ probability }: { probability: number | null }) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  return (
    <span className={`${classes.values} okno-numbers`}>
      {probability === null
        ? t('customers.same.unweighed')
        : t('customers.same.likely', { percent: number.format(Math.min(99.9, Math.floor(probability * 1000) / 10)) })}
    </span>
  )
}
