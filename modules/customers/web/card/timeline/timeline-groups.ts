import { useSlot } from '#platform/web'

/** Kinds of entries that one looks at together. A module gives its own; groups with the same id become one. */
export interface TimelineGroup {
  readonly id: string
  readonly order: number
  /** Key of its name. */
  readonly title: string
  /** `module.fact_happened` */
  readonly kinds: readonly string[]
}

const kindsOf = (...names: string[]) => names.map((name) => `customers.${name}`)

const own: readonly TimelineGroup[] = [
  {
    id: 'changes',
    order: 20,
    title: 'customers.timeline.groups.changes',
    kinds: kindsOf('person_created', 'stage_changed'),
  },
  {
    id: 'tasks',
    order: 30,
    title: 'customers.timeline.groups.tasks',
    kinds: kindsOf('task_added', 'task_done', 'task_reopened', 'task_removed'),
  },
  {
    id: 'notes',
    order: 40,
    title: 'customers.timeline.groups.notes',
    kinds: kindsOf('note_added', 'note_removed', 'file_added', 'file_removed'),
  },
  {
    id: 'consents',
    order: 50,
    title: 'customers.timeline.groups.consents',
    kinds: kindsOf('consent_given', 'consent_withdrawn', 'preference_changed'),
  },
  {
    id: 'identity',
    order: 60,
    title: 'customers.timeline.groups.identity',
    kinds: kindsOf(
      'identity_proven',
      'identity_removed',
      'identity_received',
      'people_merged',
      'people_unmerged',
      'relation_added',
      'relation_removed',
    ),
  },
]

/** All groups by which a timeline can be narrowed, in their order. */
export function useTimelineGroups(): readonly TimelineGroup[] {
  const others = useSlot('timelineGroups')
  const groups = new Map<string, TimelineGroup>()
  for (const group of [...own, ...others]) {
    const before = groups.get(group.id)
    groups.set(group.id, before ? { ...before, kinds: [...before.kinds, ...group.kinds] } : group)
  }
  return [...groups.values()].sort((a, b) => a.order - b.order)
}
