import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PairEvidence } from '#modules/customers/contract'
import classes from './identity.module.css'
import { type Strength, strengthOf } from './strength.ts'

/** What speaks for and against one person, the weightiest first: with both values, how strongly in words, and in numbers for whoever asks. */
export function EvidenceList({ evidence }: { evidence: readonly PairEvidence[] }) {
  const { t } = useTranslation()
  const [isInNumbers, setInNumbers] = useState(false)
  return (
    <div>
      <ul className={classes.evidence} aria-label={t('customers.same.evidence')}>
        {evidence.map(({ field, level, weight, a, b }) => {
          const strength = strengthOf(weight)
          return (
            <li key={field} data-speaks={strength.speaks}>
              <span>
                {t([`customers.same.fields.${field}`, 'customers.same.fields.other'], { field })}:{' '}
                {t([`customers.same.levels.${level}`, 'customers.same.levels.other'], { level })}
                <span className={classes.values}>{a === b ? a : t('customers.same.pair', { a, b })}</span>
              </span>
              <Weight strength={strength} isInNumbers={isInNumbers} />
            </li>
          )
        })}
      </ul>
      <UnstyledButton
        className={classes.inNumbers ?? ''}
        aria-pressed={isInNumbers}
        onClick={() => setInNumbers(!isInNumbers)}
      >
        {t('customers.same.inNumbers')}
      </UnstyledButton>
      {isInNumbers && <p className={classes.values}>{t('customers.same.numbersHint')}</p>}
    </div>
  )
}

const BARS = [1, 2, 3, 4] as const
/** Beyond this nobody reads digits, and they are guesses. */
const MOST_TIMES = 1_000_000

function Weight({ strength: { speaks, level, times }, isInNumbers }: { strength: Strength; isInNumbers: boolean }) {
  const { t, i18n } = useTranslation()
  // Rounded first: the word behind it goes by the number that is read.
  const count = Number(Math.min(times, MOST_TIMES).toPrecision(2))
  const shown = `${times > MOST_TIMES ? '>\u00a0' : ''}${new Intl.NumberFormat(i18n.language).format(count)}`
  const inNumbers = t(`customers.same.${speaks === 'for' ? 'timesFor' : 'timesAgainst'}`, { count, times: shown })
  return (
    <span className={classes.weight} title={inNumbers}>
      <span className={classes.bars} aria-hidden>
        {BARS.map((bar) => (
          <i key={bar} data-full={bar <= level} />
        ))}
      </span>
      {isInNumbers
        ? inNumbers
        : t(level === 0 ? 'customers.same.strength.none' : `customers.same.strength.${speaks}.${level}`)}
    </span>
  )
}
