import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { both, type Condition } from '#platform/shared/objects/condition'
import { inGroup } from '#platform/shared/objects/groups'
import type { Field } from '#platform/shared/objects/object'
import type { Line } from '../grid/grid.tsx'
import { useLanguage } from '../use-language.ts'
import { valueText } from '../value-text.ts'
import type { Loaded } from './group-rows.tsx'
import { type Asked, groupsQuery } from './rows-api.ts'
import { type ListLines, linesOf, namesOf } from './use-rows.ts'

/** So many groups stand open at first. */
const OPEN_AT_FIRST = 3

/** A group that stands open: its rows are asked for. */
interface OpenGroup {
  readonly id: string
  readonly asked: Asked
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
  const heads = useQuery({
    ...groupsQuery(object, field?.key ?? null, condition),
    enabled: isReady && field !== null,
  })
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [loaded, setLoaded] = useState<Readonly<Record<string, Loaded>>>({})
  const onLoaded = useCallback((id: string, one: Loaded) => setLoaded((before) => ({ ...before, [id]: one })), [])
  const groups = useMemo(() => {
    const items = (field && heads.data?.items) ?? []
    // What nothing holds is no heading, unless somebody has just taken the last one away.
    const held = items.filter(({ counted }) => counted === null || counted.count > 0)
    return held.map(({ value, name, counted }, i) => {
      const id = `${field?.key}:${String(value)}`
      return { id, value, name, counted, isOpen: turned.has(id) !== i < OPEN_AT_FIRST }
    })
  }, [field, heads.data, turned])
  const open = useMemo(
    () =>
      groups.flatMap(({ id, value, isOpen }): OpenGroup[] => {
        if (!isOpen || !field) return []
        const inside: Condition = both(condition ?? undefined, inGroup(field.key, value))
        return [{ id, asked: { ...asked, condition: inside } }]
      }),
    [groups, field, asked, condition],
  )
  const lines = useMemo(
    () =>
      groups.flatMap(({ id, value, name, counted, isOpen }): Line[] => {
        const text = name ?? (field && valueText(value, field, { t, language, names: new Map() }))
        const group = { text: text || t('objects.list.blankGroup'), counted, isOpen }
        const part = isOpen ? loaded[id] : undefined
        const isWaiting = isOpen && (part === undefined || part.hasMore || (part.isLoading && part.pages.length === 0))
        return [
          { kind: 'group', id, group },
          ...linesOf(part?.pages ?? []),
          ...(isWaiting ? [{ kind: 'loading', id: `${id}:more`, groupId: id } as const] : []),
        ]
      }),
    [groups, field, loaded, t, language],
  )
  const onSeen = useCallback(
    (first: number, last: number) => {
      for (const line of lines.slice(first, last + 1)) {
        const part = line.kind === 'loading' ? loaded[line.groupId] : undefined
        if (part?.hasMore && !part.isLoading) part.more()
      }
    },
    [lines, loaded],
  )
  const parts = open.flatMap(({ id }) => loaded[id] ?? [])
  return {
    lines,
    names: useMemo(() => namesOf(Object.values(loaded).flatMap(({ pages }) => pages)), [loaded]),
    canEdit: parts.some(({ pages }) => pages[0]?.can.edit),
    error: heads.error ?? parts.find(({ error }) => error)?.error ?? null,
    isPending: heads.isPending,
    isStale: heads.isPlaceholderData,
    hasMore: false,
    isLoadingMore: false,
    refetch: () => void heads.refetch(),
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
