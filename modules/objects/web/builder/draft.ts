import type { Condition } from '#platform/shared/objects/condition'
import type { Scope } from '#platform/shared/objects/object'
import { familyOfField } from '#platform/shared/objects/object'
import { operatorsOf } from '#platform/shared/objects/operators'

/** How the parts of a group belong together. */
export type GroupMode = 'all' | 'any' | 'none'

/** A group as it is edited. */
export interface Group {
  readonly mode: GroupMode
  readonly parts: readonly Condition[]
}

/** A condition as a group: what is no group becomes one with a single part. */
export function groupOf(condition: Condition): Group {
  if ('all' in condition) return { mode: 'all', parts: condition.all }
  if ('any' in condition) return { mode: 'any', parts: condition.any }
  if ('not' in condition) {
    const { not } = condition
    return { mode: 'none', parts: 'any' in not ? not.any : [not] }
  }
  return { mode: 'all', parts: [condition] }
}

export function fromGroup({ mode, parts }: Group): Condition {
  if (mode === 'none') return { not: { any: [...parts] } }
  return mode === 'all' ? { all: [...parts] } : { any: [...parts] }
}

export const isGroup = (part: Condition): boolean => 'all' in part || 'any' in part || 'not' in part

/** What a row is about, as one text for a list to choose from. */
export function subjectOf(part: Condition): string {
  if ('field' in part) return `field ${part.field}`
  if ('relation' in part) return `relation ${part.relation}`
  return 'behaviour' in part ? `behaviour ${part.behaviour}` : ''
}

/** The row that asks about a subject, before its values are given. */
export function partAbout(subject: string, scope: Scope): Condition {
  const [kind, key = ''] = subject.split(' ')
  if (kind === 'relation') return { relation: key }
  if (kind === 'behaviour') return { behaviour: key }
  const field = scope.fields.find((one) => one.key === key)
  const [first = 'not_empty'] = field ? operatorsOf(familyOfField(field), { many: field.isMany }) : []
  return field?.type === 'boolean' ? { field: key, op: first, value: true } : { field: key, op: first }
}

/** Parts with their places. They have no names of their own: the place and the subject are what a row is. */
export const placed = (parts: readonly Condition[]) =>
  parts.map((part, i) => ({ part, i, key: `${i} ${isGroup(part) ? 'group' : subjectOf(part)}` }))
