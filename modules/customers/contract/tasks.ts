import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'
import { task } from './around.ts'

/** When a task is due, by the clock and the day of the workspace. `undated` = at no time. */
export const taskTimes = ['overdue', 'today', 'later', 'undated'] as const
export type TaskTime = (typeof taskTimes)[number]

/** Whose tasks: the reader's own, of the reader's teams, of everybody. */
export const taskWhose = ['mine', 'team', 'all'] as const
export type TaskWhose = (typeof taskWhose)[number]

/** `open` = all that is not done. */
export const taskStates = ['open', ...taskTimes, 'done'] as const
export type TaskState = (typeof taskStates)[number]

const ofWhom = z.object({
  whose: z.enum(taskWhose).default('mine'),
  /** Tasks of one operator, or of `nobody`; goes before `whose`. */
  assignee: z.union([z.uuid(), z.literal('nobody')]).optional(),
})
export const taskCountsQuery = ofWhom
export type TaskCountsQuery = z.infer<typeof taskCountsQuery>

export const tasksQuery = pageQuery.extend({ ...ofWhom.shape, state: z.enum(taskStates).default('open') })
export type TasksQuery = z.infer<typeof tasksQuery>

/** A task with the name of the person it is for, as the shown card has it. */
export const listedTask = task.extend({
  personName: z.string(),
  /** Also of one who left; null = nobody's. */
  assigneeName: z.string().nullable(),
})
export type ListedTask = z.infer<typeof listedTask>

/** How many open tasks there are of each time. */
export const taskCounts = z.object({
  overdue: z.number().int(),
  today: z.number().int(),
  later: z.number().int(),
  undated: z.number().int(),
})
export type TaskCounts = z.infer<typeof taskCounts>
