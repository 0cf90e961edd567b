import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type {
  Counted,
  CustomValues,
  FieldDraft,
  FieldIndexes,
  FieldPatch,
  FieldValues,
  FormulaAnswer,
  Named,
  ObjectDraft,
  ObjectPatch,
  Why,
} from '#modules/objects/contract'
import type { Condition } from '#platform/shared/objects/condition'
import type { Describe, ObjectDescription } from '#platform/shared/objects/object'
import { api, type Wire, type WirePage } from '#platform/web'

export const objectsKey = ['objects'] as const
/** Everything on screen that was read as rows of an object begins with this. */
export const rowsKey = (object: string) => [...objectsKey, 'rows', object] as const
/** Everything about bulk edits. */
export const bulkKey = [...objectsKey, 'bulk'] as const
/** Opened records. */
export const recordKey = [...objectsKey, 'record'] as const
const FRESH_MS = 60_000

/** Every object with its fields, as far as the operator may know them. */
export const objectsQuery = queryOptions({
  queryKey: objectsKey,
  queryFn: ({ signal }) => api.get<{ items: ObjectDescription[] }>('/objects', { signal }),
  select: ({ items }) => items,
  staleTime: FRESH_MS,
})

/** Finds objects by key; undefined until they are loaded. */
export function useDescribe(): Describe | undefined {
  const { data } = useQuery(objectsQuery)
  return useMemo(() => {
    if (!data) return undefined
    const byKey = new Map(data.map((object) => [object.key, object]))
    return (key: string) => byKey.get(key)
  }, [data])
}

/** Whether the company keeps anything in objects of its own. */
export function useHasOwnObjects(): boolean {
  const { data } = useQuery(objectsQuery)
  return data?.some(({ isCustom, isArchived }) => isCustom && !isArchived) ?? false
}

/** How many satisfy a condition; the figure before stays while the next is counted. */
export const countQuery = (object: string, condition: Condition | null) =>
  queryOptions({
    queryKey: ['objects', 'count', object, condition],
    queryFn: ({ signal }) => api.post<Counted>('/conditions/count', { object, condition }, { signal }),
    enabled: condition !== null,
    placeholderData: keepPreviousData,
  })

export const whyQuery = (object: string, condition: Condition, id: string) =>
  queryOptions({
    queryKey: ['objects', 'why', object, condition, id],
    queryFn: ({ signal }) => api.post<Why>('/conditions/why', { object, condition, id }, { signal }),
  })

const namesAt = (object: string, query: { q?: string; ids?: string }, signal: AbortSignal) =>
  api.get<WirePage<Named>>(`/objects/${object}/names`, { query, signal })

/** Things in whose names the words stand. */
export const namesQuery = (object: string, q: string) =>
  queryOptions({
    queryKey: ['objects', 'names', object, q],
    queryFn: ({ signal }) => namesAt(object, { q }, signal),
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })

/** How these are called. */
export const namesOfQuery = (object: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: ['objects', 'namesOf', object, ids],
    queryFn: ({ signal }) => namesAt(object, { ids: ids.join(',') }, signal),
    select: ({ items }) => items,
    enabled: ids.length > 0,
    staleTime: FRESH_MS,
  })

/** Words that were given in a field so far, where their module lists them. */
export const wordsQuery = (address: string) =>
  queryOptions({
    queryKey: ['objects', 'words', address],
    queryFn: ({ signal }) => api.get<{ items: string[] }>(address, { signal }),
    select: ({ items }) => items,
    enabled: address !== '',
  })

/** What formulas give for one object. Read again with the lists of the object, and when `values`, from which they are computed, are others. */
export const formulaValuesQuery = (object: string, id: string, fields: readonly string[], values: CustomValues) =>
  queryOptions({
    queryKey: [...rowsKey(object), 'formulas', id, fields, values],
    queryFn: ({ signal }) =>
      api.get<WirePage<FieldValues>>(`/objects/${object}/values`, {
        signal,
        query: { ids: id, fields: fields.join(',') },
      }),
    select: ({ items }) => items[0]?.values,
    placeholderData: keepPreviousData,
  })

/** What a formula that is being written would give for one object, or what is wrong with it. */
export const formulaQuery = (object: string, formula: string, id: string | null) =>
  queryOptions({
    queryKey: ['objects', 'formula', object, formula, id],
    queryFn: ({ signal }) =>
      api.post<FormulaAnswer>(`/objects/${object}/formulas/check`, { formula, ...(id ? { id } : {}) }, { signal }),
    enabled: formula.trim() !== '',
    placeholderData: keepPreviousData,
  })

/** Own fields with an index of their own. Read again with the descriptions, as the building goes on. */
export const indexesQuery = (object: string) =>
  queryOptions({
    queryKey: [...objectsKey, 'indexes', object],
    queryFn: ({ signal }) => api.get<Wire<FieldIndexes>>(`/objects/${object}/indexes`, { signal }),
  })

const useDescribing = <Given>(ask: (given: Given) => Promise<ObjectDescription>) => {
  const cache = useQueryClient()
  return useMutation({ mutationFn: ask, onSuccess: () => cache.invalidateQueries({ queryKey: objectsKey }) })
}

export const useAddObject = () => useDescribing((draft: ObjectDraft) => api.post<ObjectDescription>('/objects', draft))
export const useChangeObject = (key: string) =>
  useDescribing((patch: ObjectPatch) => api.patch<ObjectDescription>(`/objects/${key}`, patch))
export const useAddField = (object: string) =>
  useDescribing((draft: Partial<FieldDraft>) => api.post<ObjectDescription>(`/objects/${object}/fields`, draft))
export const useChangeField = (object: string, field: string) =>
  useDescribing((patch: FieldPatch) => api.patch<ObjectDescription>(`/objects/${object}/fields/${field}`, patch))
