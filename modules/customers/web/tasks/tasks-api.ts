import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ListedTask, TaskCounts, TaskState, TaskWhose } from '#modules/customers/contract'
import { api, type Wire, type WirePage } from '#platform/web'

export type ListedTaskWire = Wire<ListedTask>

/** Which tasks are on screen. */
export interface TaskFilter {
  readonly whose: TaskWhose
  /** One operator, `nobody`, or null: whoever `whose` means. */
  readonly assignee: string | null
  readonly state: TaskState
}

const PAGE = 50

export const tasksQuery = ({ whose, assignee, state }: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'tasks', 'list', whose, assignee, state],
    queryFn: ({ pageParam, signal }) =>
      api.get<WirePage<ListedTask>>('/tasks', {
        signal,
        query: { whose, assignee, state, cursor: pageParam, limit: PAGE },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const taskCountsQuery = ({ whose, assignee }: TaskFilter) =>
  queryOptions({
    queryKey: ['customers', 'tasks', 'counts', whose, assignee],
    queryFn: ({ signal }) => api.get<TaskCounts>('/tasks/counts', { signal, query: { whose, assignee } }),
  })

export interface TaskChange {
  readonly title?: string
  readonly dueAt?: string | null
  readonly assigneeId?: string | null
  readonly isDone?: boolean
}

/** Something done to a task, one thing after another: lists and the cards on screen are read again. It is over when it is stored, not when all are read. */
function useOnTasks<Given>(ask: (given: Given) => Promise<unknown>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ask,
    scope: { id: 'tasks' },
    onSettled: () => void cache.invalidateQueries({ queryKey: ['customers'] }),
  })
}

export const useNewTask = () =>
  useOnTasks(({ personId, ...draft }: TaskChange & { personId: string; title: string }) =>
    api.post(`/people/${personId}/tasks`, draft),
  )
export const useChangeTask = () =>
  useOnTasks(({ id, ...patch }: TaskChange & { id: string }) => api.patch(`/tasks/${id}`, patch))
export const useRemoveTask = () => useOnTasks((id: string) => api.delete(`/tasks/${id}`))
