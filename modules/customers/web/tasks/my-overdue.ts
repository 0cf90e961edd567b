import { useQuery } from '@tanstack/react-query'
import type { TaskCounts } from '#modules/customers/contract'
import { api } from '#platform/web'

/** Own tasks whose time has passed: those alone are worth a badge. */
export const useMyOverdue = () =>
  useQuery({
    queryKey: ['customers', 'tasks', 'counts', 'mine', null],
    queryFn: ({ signal }) => api.get<TaskCounts>('/tasks/counts', { signal }),
  }).data?.overdue ?? 0
