import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'

export const personCreated = defineEvent('customers.person_created', z.object({ personId: z.uuid() }))
export const personChanged = defineEvent('customers.person_changed', z.object({ personId: z.uuid() }))
export const companyChanged = defineEvent('customers.company_changed', z.object({ companyId: z.uuid() }))
/** Cards are arranged anew: which blocks, in which order. */
export const layoutChanged = defineEvent(
  'customers.layout_changed',
  z.object({ object: z.enum(['person', 'company']) }),
)
/** A task was made, changed, done, opened again or taken back. */
export const taskChanged = defineEvent(
  'customers.task_changed',
  z.object({ taskId: z.uuid(), personId: z.uuid(), assigneeId: z.uuid().nullable() }),
)
/** The time of a task has come: for its assignee. */
export const taskDue = defineEvent(
  'customers.task_due',
  z.object({ taskId: z.uuid(), personId: z.uuid(), title: z.string() }),
)
