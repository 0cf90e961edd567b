import { Radio } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import classes from './identity.module.css'
import type { CandidateWire } from './identity-api.ts'
import { useFieldTexts } from './use-field-texts.ts'

export type Side = 'a' | 'b'

/** Both cards side by side; in fields that differ one chooses which value is shown after joining. */
export function PairSides({
  pair,
  keep,
  choices,
  onKeep,
  onChoose,
}: {
  pair: CandidateWire
  keep: Side
  choices: Readonly<Record<string, Side>>
  onKeep: (side: Side) => void
  onChoose: (field: string, side: Side) => void
}) {
  const { t } = useTranslation()
  const { nameOf, text } = useFieldTexts(pair)
  return (
    <table className={classes.sides}>
      <caption className={classes.caption}>{t('customers.same.choose')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('customers.same.field')}</th>
          {(['a', 'b'] as const).map((side) => (
            <th key={side} scope="col">
              <Link to={`/people/${pair[side].id}`} className={classes.who ?? ''}>
                {pair[side].name}
              </Link>
              <Radio
                size="xs"
                label={t('customers.same.keep')}
                checked={keep === side}
                onChange={() => onKeep(side)}
                name={`keep ${pair.a.id} ${pair.b.id}`}
              />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.keys(pair.choices).map((field) => (
          <tr key={field}>
            <th scope="row">{nameOf(field)}</th>
            {(['a', 'b'] as const).map((side) => (
              <td key={side}>
                <Radio
                  size="xs"
                  label={text(pair[side], field)}
                  aria-label={t('customers.same.pick', { field: nameOf(field), value: text(pair[side], field) })}
                  checked={choices[field] === side}
                  onChange={() => onChoose(field, side)}
                  name={`${field} ${pair.a.id} ${pair.b.id}`}
                />
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">{t('customers.identities')}</th>
          {(['a', 'b'] as const).map((side) => (
            <td key={side}>
              {pair[side].identities
                .filter(({ kind }) => kind === 'email' || kind === 'phone')
                .map(({ id, value }) => (
                  <div key={id} className="okno-clip">
                    {value}
                  </div>
                ))}
              <Moment at={pair[side].createdAt} className={classes.values ?? ''} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}
