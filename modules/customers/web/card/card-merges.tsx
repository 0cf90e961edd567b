import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmButton, Moment } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import { EvidenceList } from '../identity/evidence.tsx'
import { mergesQuery, useUnmerge } from '../identity/identity-api.ts'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'
import { isMissing, MissingSection } from './missing-section.tsx'

/** Cards that are shown as this one: who joined them, why, and the way back; and those that were taken apart again. */
export function CardMerges({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const reading = useQuery(mergesQuery(person.id))
  const { data } = reading
  const unmerge = useUnmerge()
  if (isMissing(reading)) return <MissingSection title={t('customers.merges.title')} reading={reading} />
  const active = data?.items.filter(({ undoneAt }) => undoneAt === null) ?? []
  const undone = data?.items.filter(({ undoneAt }) => undoneAt !== null) ?? []
  if (active.length + undone.length === 0) return null
  return (
    <CardSection title={t('customers.merges.title')}>
      {active.map(({ id, hiddenName, operatorName, mergedAt, evidence }) => (
        <div key={id} className={classes.like}>
          <div className={classes.identity}>
            <span className={classes.value}>
              {t('customers.merges.line', { name: hiddenName, by: operatorName })}{' '}
              <Moment at={mergedAt} className={classes.entryTime ?? ''} />
            </span>
            {person.can.edit && (
              <ConfirmButton
                question={t('customers.merges.undoQuestion')}
                confirm={t('customers.merges.undo')}
                label={t('customers.merges.undoOf', { name: hiddenName })}
                isPending={unmerge.isPending && unmerge.variables === id}
                onConfirm={() => unmerge.mutate(id)}
              >
                {t('customers.merges.undo')}
              </ConfirmButton>
            )}
          </div>
          {evidence.length > 0 && (
            <details>
              <summary className={classes.fold}>{t('customers.merges.why')}</summary>
              <EvidenceList evidence={evidence} />
            </details>
          )}
        </div>
      ))}
      {undone.length > 0 && (
        <details>
          <summary className={classes.fold}>{t('customers.merges.undoneCount', { count: undone.length })}</summary>
          <ul className={classes.lines}>
            {undone.map(({ id, hiddenId, hiddenName, keptName, undoneBy, undoneAt }) => (
              <li key={id} className={classes.lineFacts}>
                {t('customers.merges.undone', {
                  name: hiddenId === person.id ? keptName : hiddenName,
                  by: undoneBy ?? '',
                })}{' '}
                {undoneAt && <Moment at={undoneAt} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </CardSection>
  )
}
