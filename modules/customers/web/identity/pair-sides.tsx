import { Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { Moment } from '#platform/web'
import classes from './identity.module.css'
import type { CandidateWire, SideWire } from './identity-api.ts'

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
  const { data: operators = [] } = useQuery(operatorsQuery)
  const text = (side: SideWire, field: string): string => {
    const value = valueOfSide(side, field)
    if (value === null || value === undefined || value === '') return t('customers.fields.blank')
    if (field === 'stage') return t(`customers.stages.${side.stage}`)
    if (field === 'ownerId') return operators.find(({ id }) => id === value)?.name ?? t('customers.fields.blank')
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  const nameOf = (field: string) =>
    t([`customers.same.fields.${field}`, 'customers.same.fields.other'], { field: field.replace(/^custom\./, '') })
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

function valueOfSide(side: SideWire, field: string): unknown {
  if (field.startsWith('custom.')) return side.custom[field.slice('custom.'.length)]
  return Object.entries(side).find(([key]) => key === field)?.[1]
}
