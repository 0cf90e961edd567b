import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { viewsQuery } from '#modules/objects/web'
import { type Condition, EVERYTHING } from '#platform/shared/objects/condition'
import { type PeopleFilter, type Stage, stages } from './lists-api.ts'

interface Search {
  q?: string
  /** A saved view; what follows is changed since it was chosen. */
  view?: string
  /** A sortable field, `-` before it turns the order. */
  sort?: string
  stage?: Stage
  owner?: string
  /** A condition; the router writes it as JSON. Of no parts: everything, whatever the view says. */
  filter?: Condition
}

const OBJECT = { people: 'person', companies: 'company' } as const
const DEFAULT_SORT = { people: '-createdAt', companies: 'name' } as const

/** What of an address a view keeps. */
const KEPT = ['filter', 'sort', 'stage', 'owner'] as const

const isNarrowed = ({ stage, ownerId, condition }: PeopleFilter) =>
  stage !== null || ownerId !== null || condition !== null

const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value))

/**
 * Where a list stands: its view, what was changed since, search and the opened card lie in the address, so a link brings back the same
 * screen.
 */
export function useListAddress(list: 'people' | 'companies') {
  const navigate = useNavigate()
  const params = useParams({ strict: false }) as { personId?: string; companyId?: string }
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const { data: views, isPending } = useQuery(viewsQuery(OBJECT[list]))
  const viewId = textOf(search.view) || null
  const view = views?.items.find(({ id }) => id === viewId)
  const filter = useMemo<PeopleFilter>(
    () => ({
      q: textOf(search.q),
      sort: sortOf(textOf(search.sort)) ?? view?.sort ?? DEFAULT_SORT[list],
      stage: stages.find((stage) => stage === search.stage) ?? null,
      ownerId: textOf(search.owner) || null,
      condition: search.filter === undefined ? (view?.condition ?? null) : conditionOf(search.filter),
    }),
    [search, view, list],
  )
  const put = (next: (before: Search) => object, replace: boolean) =>
    // The router does not know modules' search fields by type; this hook is their only reader and writer.
    void navigate({ to: '.', search: next as never, replace })
  return {
    id: list === 'people' ? params.personId : params.companyId,
    filter,
    viewId,
    /** False until it is known what the view keeps. */
    isReady: viewId === null || !isPending,
    isTouched: viewId
      ? KEPT.some((key) => search[key] !== undefined)
      : isNarrowed(filter) || filter.sort !== DEFAULT_SORT[list],
    change: (patch: { [Key in keyof Search]: Search[Key] | undefined }) =>
      put((before) => ({ ...before, ...patch }), true),
    /** Undefined asks nothing, also where the view does. */
    narrow: (condition: Condition | undefined) =>
      put((before) => ({ ...before, filter: condition ?? (viewId ? EVERYTHING : undefined) }), true),
    chooseView: (next: string | null) => put(() => (next ? { view: next } : {}), false),
    /** Everything, whatever was chosen. */
    showAll: () => put(() => ({}), true),
    open: (id: string | undefined) =>
      void navigate({ to: id ? `/${list}/${id}` : `/${list}`, search: ((before: Search) => before) as never }),
  }
}

/** Addresses of former releases call the newest first `newest`. */
const sortOf = (text: string): string | undefined => (text === 'newest' ? '-createdAt' : text || undefined)

/** Whether it fits is the server's to say; somebody may have typed the address. */
function conditionOf(given: unknown): Condition | null {
  if (typeof given !== 'object' || given === null) return null
  return 'all' in given && Array.isArray(given.all) && given.all.length === 0 ? null : (given as Condition)
}
