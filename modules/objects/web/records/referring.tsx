import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relation } from '#platform/shared/objects/object'
import { givesWay, Initials, MissingPart } from '#platform/web'
import { rowsQuery } from '../list/rows-api.ts'
import { useDescribe } from '../objects-api.ts'
import { CUSTOM } from '../undescribed.ts'
import { useAddressOf } from '../use-address-of.ts'
import { useLanguage } from '../use-language.ts'
import classes from './referring.module.css'

interface ReferringProps {
  object: string
  id: string
  /** What else decides who is found, such as how many cards are joined to this one: with another, all is read again. */
  asOf?: number
}

/** What names one thing in fields that the company described, under the names of those fields; nothing where nothing does. */
export default function Referring({ object, ...named }: ReferringProps) {
  const relations = useDescribe()?.(object)?.relations ?? []
  return relations
    .filter(({ key, target }) => key.startsWith(`${target}.`))
    .map((relation) => <Naming key={relation.key} relation={relation} {...named} />)
}

/** So many are shown at first: a company may have thousands of contracts. */
const FIRST = 5

function Naming({
  relation: { key, label, target },
  id,
  asOf,
}: Omit<ReferringProps, 'object'> & { relation: Relation }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const described = useDescribe()?.(target)
  const hrefOf = useAddressOf(target)
  const [areAllShown, showAll] = useState(false)
  const field = CUSTOM + key.slice(target.length + 1)
  const asked = {
    q: '',
    sort: '-createdAt',
    condition: { field, op: 'eq', value: id } as const,
    fields: [described?.title ?? ''],
  }
  const query = rowsQuery(target, asked, described !== undefined)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...query,
    queryKey: [...query.queryKey, String(asOf)],
  })
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const shown = areAllShown ? rows : rows.slice(0, FIRST)
  if (rows.length === 0 && !givesWay(data, error)) return null
  return (
    <section aria-label={label[language]}>
      <h3 className={classes.heading}>{label[language]}</h3>
      {givesWay(data, error) && <MissingPart error={error} onRetry={() => void refetch()} />}
      <ul className={classes.referring}>
        {shown.map((row) => (
          <li key={row.id}>
            {hrefOf ? (
              <Link to={hrefOf(row.id)} className={classes.one ?? ''}>
                <Initials id={row.id} name={row.name} size={26} />
                <span className="okno-clip">{row.name}</span>
              </Link>
            ) : (
              <span className={classes.one}>{row.name}</span>
            )}
          </li>
        ))}
      </ul>
      {(shown.length < rows.length || hasNextPage) && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={isFetchingNextPage}
          onClick={() => (areAllShown ? void fetchNextPage() : showAll(true))}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </section>
  )
}
