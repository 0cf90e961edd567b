import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '#platform/web'
import { useDismissLikeness } from '../customers-api.ts'
import { EvidenceList } from './evidence.tsx'
import classes from './identity.module.css'
import { type CandidateWire, useMerge } from './identity-api.ts'
import { PairSides, type Side } from './pair-sides.tsx'

/** One pair: what speaks for and against it, both cards, and the decision. */
export function PairDecision({ pair, canEdit }: { pair: CandidateWire; canEdit: boolean }) {
  const { t } = useTranslation()
  const [keep, setKeep] = useState<Side>(pair.keep)
  const [choices, setChoices] = useState<Record<string, Side>>(pair.choices)
  const merge = useMerge()
  const dismiss = useDismissLikeness(pair.a.id)
  const isPending = merge.isPending || dismiss.isPending
  const join = () => {
    const [kept, hidden] = keep === 'a' ? [pair.a, pair.b] : [pair.b, pair.a]
    const chosen = Object.entries(choices).map(([field, side]) => [field, pair[side].id])
    merge.mutate({ keptId: kept.id, hiddenId: hidden.id, choices: Object.fromEntries(chosen) })
  }
  const refuse = () => dismiss.mutate(pair.b.id)
  useShortcuts(canEdit && !isPending ? { m: join, d: refuse } : {})
  return (
    <section className={classes.decision} aria-label={t('customers.same.pair', { a: pair.a.name, b: pair.b.name })}>
      <EvidenceList evidence={pair.evidence} />
      <PairSides
        pair={pair}
        keep={keep}
        choices={choices}
        onKeep={setKeep}
        onChoose={(field, side) => setChoices({ ...choices, [field]: side })}
      />
      {canEdit && (
        <Group gap="sm">
          <Button size="sm" loading={merge.isPending} disabled={isPending} onClick={join}>
            {t('customers.same.join')}
          </Button>
          <Button size="sm" variant="default" loading={dismiss.isPending} disabled={isPending} onClick={refuse}>
            {t('customers.same.different')}
          </Button>
          <span className={classes.values}>{t('customers.same.keys')}</span>
        </Group>
      )}
    </section>
  )
}
