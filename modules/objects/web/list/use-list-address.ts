import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ViewColumn } from '#modules/objects/contract'
import { both, type Condition, EVERYTHING } from '#platform/shared/objects/condition'
import { readColumns, writeColumns } from '../grid/list-columns.ts'
import { viewsQuery } from '../views/views-api.ts'

/** Which list stands on a screen, and how before anybody changed it. */
export interface ListPlace {
  /** Key of the object. */
  readonly object: string
  /** Address of the list, before the id of an opened thing. */
  readonly path: string
  readonly openId: string | undefined
  /** Keys of the fields that are columns at first. */
  readonly columns: readonly string[]
  readonly sort: string
  /** Fields by whose values the list is narrowed with one click. */
  readonly quick?: readonly string[]
}

interface Search extends Record<string, unknown> {
  q?: string
  /** A saved view; what follows is changed since it was chosen. */
  view?: string
  /** A sortable field, `-` before it turns the order. */
  sort?: string
  /** A condition; the router writes it as JSON. Of no parts: everything, whatever the view says. */
  filter?: Condition
  /** Columns with their widths. */
  cols?: string
  /** The field by which rows stand together; empty = none, whatever the view says. */
  group?: string
}

/** What of an address a view keeps, beside the quick filters. */
const KEPT = ['filter', 'sort', 'cols', 'group'] as const

const NO_FIELDS: readonly string[] = []

const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value))

export type ListAddress = ReturnType<typeof useListAddress>

/**
 * Where a list stands: its view, what was changed since, search and the opened card lie in the address, so a link brings back the same
 * screen. What the address names goes before what the view keeps.
 */
export function useListAddress({ object, path, openId, columns, sort: usual, quick = NO_FIELDS }: ListPlace) {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const { data: views, isPending } = useQuery(viewsQuery(object))
  const viewId = textOf(search.view) || null
  const view = views?.items.find(({ id }) => id === viewId)
  const filter = useMemo(() => {
    const chosen = quick.map((key) => [key, textOf(search[key])] as const).filter(([, value]) => value !== '')
    const condition = search.filter === undefined ? (view?.condition ?? null) : conditionOf(search.filter)
    const whole = both(
      ...chosen.map(([field, value]): Condition => ({ field, op: 'eq', value })),
      condition ?? undefined,
    )
    return {
      q: textOf(search.q),
      sort: sortOf(textOf(search.sort)) ?? view?.sort ?? usual,
      quick: Object.fromEntries(chosen),
      /** What was built, without the quick filters. */
      condition,
      /** Everything that narrows the list; null = nothing does. */
      whole: isEverything(whole) ? null : whole,
      groupBy: search.group === undefined ? (view?.groupBy ?? null) : textOf(search.group) || null,
    }
  }, [search, view, usual, quick])
  const kept = useMemo(
    () =>
      search.cols === undefined
        ? (view?.columns ?? columns.map((field): ViewColumn => ({ field })))
        : readColumns(textOf(search.cols)),
    [search.cols, view, columns],
  )
  const put = (next: (before: Search) => object, replace: boolean) =>
    // The router does not know modules' search fields by type; this hook is their only reader and writer.
    void navigate({ to: '.', search: next as never, replace })
  const change = (patch: { [Key in keyof Search]: Search[Key] | undefined }) =>
    put((before) => ({ ...before, ...patch }), true)
  const isNarrowed = filter.whole !== null
  return {
    openId,
    filter,
    columns: kept,
    viewId,
    /** False until it is known what the view keeps. */
    isReady: viewId === null || !isPending,
    isNarrowed: isNarrowed || filter.q !== '',
    isTouched: [...KEPT, ...quick].some((key) => search[key] !== undefined),
    change,
    changeColumns: (next: readonly ViewColumn[]) => change({ cols: writeColumns(next) }),
    /** Undefined asks nothing, also where the view does. */
    narrow: (condition: Condition | undefined) => change({ filter: condition ?? (viewId ? EVERYTHING : undefined) }),
    chooseView: (next: string | null) => put(() => (next ? { view: next } : {}), false),
    /** Everything, whatever was chosen. */
    showAll: () => put(() => ({}), true),
    open: (id: string | undefined) =>
      void navigate({ to: id ? `${path}/${id}` : path, search: ((before: Search) => before) as never }),
    hrefOf: (id: string) => `${path}/${id}`,
  }
}

/** Addresses of former releases call the newest first `newest`. */
const sortOf = (text: string): string | undefined => (text === 'newest' ? '-createdAt' : text || undefined)

const isEverything = (condition: object) =>
  'all' in condition && Array.isArray(condition.all) && condition.all.length === 0

/** Whether it fits is the server's to say; somebody may have typed the address. */
function conditionOf(given: unknown): Condition | null {
  if (typeof given !== 'object' || given === null || isEverything(given)) return null
  return given as Condition
}
