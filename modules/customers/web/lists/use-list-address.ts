import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Condition } from '#platform/shared/objects/condition'
import { type PeopleFilter, type Stage, stages } from './lists-api.ts'

interface Search {
  q?: string
  sort?: 'newest' | 'name'
  stage?: Stage
  owner?: string
  /** A condition; the router writes it as JSON. */
  filter?: Condition
}

const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value))

/** Where a list stands: search, filter and the opened card lie in the address, so a link brings back the same screen. */
export function useListAddress(list: 'people' | 'companies') {
  const navigate = useNavigate()
  const params = useParams({ strict: false }) as { personId?: string; companyId?: string }
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const filter = useMemo<PeopleFilter>(
    () => ({
      q: textOf(search.q),
      sort: search.sort === 'name' || (list === 'companies' && search.sort !== 'newest') ? 'name' : 'newest',
      stage: stages.find((stage) => stage === search.stage) ?? null,
      ownerId: textOf(search.owner) || null,
      // Whether it fits is the server's to say; somebody may have typed the address.
      condition: typeof search.filter === 'object' ? (search.filter as Condition | null) : null,
    }),
    [search, list],
  )
  return {
    id: list === 'people' ? params.personId : params.companyId,
    filter,
    // The router does not know modules' search fields by type; this hook is their only reader and writer.
    change: (patch: { [Key in keyof Search]: Search[Key] | undefined }) =>
      void navigate({ to: '.', search: ((before: Search) => ({ ...before, ...patch })) as never, replace: true }),
    open: (id: string | undefined) =>
      void navigate({ to: id ? `/${list}/${id}` : `/${list}`, search: ((before: Search) => before) as never }),
  }
}
