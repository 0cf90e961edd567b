import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Groups } from '#modules/objects/contract'
import { both, type Condition } from '#platform/shared/objects/condition'
import { inGroup, inNoGroup } from '#platform/shared/objects/groups'
import type { Field } from '#platform/shared/objects/object'
import { givesWay, isAway } from '#platform/web'
import type { Line } from '../grid/grid.tsx'
import type { GroupHead } from '../grid/group-row.tsx'
import { useLanguage } from '../use-language.ts'
import { valueText } from '../value-text.ts'
import type { Loaded } from './group-rows.tsx'
import { type Asked, groupsQuery } from './rows-api.ts'
import { type ListLines, linesOf, namesOf } from './use-rows.ts'

/** So many groups stand open at first. */
const OPEN_AT_FIRST = 3
/** Stands for the headings themselves where more is waited for. */
const HEADINGS = 'headings'

/** A group that stands open: its rows are asked for. */
interface OpenGroup {
  readonly id: string
  readonly asked: Asked
}

/** A heading, and what is true of the rows under it. */
interface Heading extends GroupHead {
  readonly id: string
  /** What has a value stands before what has none and before the rest. */
  readonly isLast: boolean
  readonly within: Condition
}

/** The lines of a list in groups: headings, and under the opened ones their rows. `field` null: there are none. */
export function useGroups(
  object: string,
  asked: Asked,
  field: Field | null,
  isReady: boolean,
): ListLines & { open: readonly OpenGroup[]; toggle(id: string): void; onLoaded(id: string, loaded: Loaded): void } {
  const { t } = useTranslation()
  const language = useLanguage()
  const { condition } = asked
  const heads = useInfiniteQuery({
    ...groupsQuery(object, field?.key ?? null, condition),
    enabled: isReady && field !== null,
  })
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [loaded, setLoaded] = useState<Readonly<Record<string, Loaded>>>({})
  const onLoaded = useCallback((id: string, one: Loaded) => setLoaded((before) => ({ ...before, [id]: one })), [])
  const groups = useMemo((): Heading[] => {
    if (!field || !heads.data) return []
    const { items, rest } = headsOf(heads.data.pages)
    // What nothing holds is no heading, unless somebody has just taken the last one away.
    const held = items.filter(({ counted }) => counted === null || counted.count > 0)
    const headings = held.map(({ value, name, counted }): Omit<Heading, 'isOpen'> => {
      const text = name ?? valueText(value, field, { t, language, names: new Map() })
      const id = `${field.key}:${String(value)}`
      const isLast = value === null
      return { id, text: text || t('objects.list.blankGroup'), counted, within: inGroup(field.key, value), isLast }
    })
    if (rest) {
      const told = items.map(({ value }) => value)
      const text = t('objects.list.restGroup')
      const hint = t('objects.list.restHint', { count: held.filter(({ value }) => value !== null).length })
      const within = inNoGroup(field.key, told)
      headings.push({ id: `${field.key}:`, text, hint, counted: rest.counted, within, isLast: true })
    }
    return headings.map((one, i) => ({ ...one, isOpen: turned.has(one.id) !== i < OPEN_AT_FIRST }))
  }, [field, heads.data, turned, t, language])
  const open = useMemo(
    () =>
      groups.flatMap(({ id, within, isOpen }): OpenGroup[] =>
        isOpen ? [{ id, asked: { ...asked, condition: both(condition ?? undefined, within) } }] : [],
      ),
    [groups, asked, condition],
  )
  const {
    error: headsError,
    hasNextPage: hasMoreHeads,
    isFetchingNextPage: isFetchingHeads,
    fetchNextPage: fetchHeads,
  } = heads
  const lines = useMemo(() => {
    const linesUnder = (headings: readonly Heading[]) =>
      headings.flatMap(({ id, within: _within, isLast: _isLast, ...group }): Line[] => {
        const { isOpen } = group
        const part = isOpen ? loaded[id] : undefined
        const isWaiting =
          isOpen && (part === undefined || part.hasMore || ((part.isLoading || part.error) && part.pages.length === 0))
        return [
          { kind: 'group', id, group },
          ...linesOf(part?.pages ?? [], id),
          ...(isWaiting ? [{ kind: 'loading', id: `${id}:more`, groupId: id } as const] : []),
        ]
      })
    return [
      ...linesUnder(groups.filter(({ isLast }) => !isLast)),
      ...(hasMoreHeads ? [{ kind: 'loading', id: HEADINGS, groupId: HEADINGS } as const] : []),
      ...linesUnder(groups.filter(({ isLast }) => isLast)),
    ]
  }, [groups, loaded, hasMoreHeads])
  const onSeen = useCallback(
    (first: number, last: number) => {
      for (const line of lines.slice(first, last + 1)) {
        if (line.id === HEADINGS && !isFetchingHeads && !headsError) void fetchHeads()
        const part = line.kind === 'loading' ? loaded[line.groupId] : undefined
        if (part?.hasMore && !part.isLoading && !part.error) part.more()
      }
    },
    [lines, loaded, isFetchingHeads, headsError, fetchHeads],
  )
  const parts = open.flatMap(({ id }) => loaded[id] ?? [])
  // What is only away comes by itself, and its group waits for it.
  const refused = parts.find(({ error, pages }) => error && pages.length === 0 && !isAway(error))
  return {
    lines,
    names: useMemo(() => namesOf(Object.values(loaded).flatMap(({ pages }) => pages)), [loaded]),
    canEdit: parts.some(({ pages }) => pages[0]?.can.edit),
    error: givesWay(heads.data, headsError) ? headsError : (refused?.error ?? null),
    isPending: heads.isPending,
    isStale: heads.isPlaceholderData,
    hasMore: false,
    isLoadingMore: false,
    refetch: () => {
      setLoaded({})
      void heads.refetch()
    },
    onSeen,
    open,
    toggle: (id) =>
      setTurned((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    onLoaded,
  }
}

/** Pages of headings as one: each value once, however the list changed between two pages; what is left and what is empty as told last. */
function headsOf(pages: readonly Groups[]): Pick<Groups, 'items' | 'rest'> {
  const last = pages.at(-1)
  const byValue = new Map(pages.flatMap(({ items }) => items.map((one) => [one.value, one])))
  const empty = byValue.get(null)
  byValue.delete(null)
  return { items: [...byValue.values(), ...(empty ? [empty] : [])], rest: last?.rest ?? null }
}
