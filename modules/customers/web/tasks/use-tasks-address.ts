import { useNavigate, useSearch } from '@tanstack/react-router'
import { taskStates, taskWhose } from '#modules/customers/contract'
import type { TaskFilter } from './tasks-api.ts'

/** What is shown lies in the address, so a link brings back the same list. */
export function useTasksAddress() {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const filter: TaskFilter = {
    whose: taskWhose.find((one) => one === search.whose) ?? 'mine',
    state: taskStates.find((one) => one === search.state) ?? 'open',
    assignee: typeof search.assignee === 'string' ? search.assignee : null,
  }
  const change = (patch: Partial<TaskFilter>) => {
    const { whose, state, assignee } = { ...filter, ...patch }
    const next = {
      ...(whose === 'mine' ? {} : { whose }),
      ...(state === 'open' ? {} : { state }),
      ...(assignee ? { assignee } : {}),
    }
    // The router does not know modules' search fields by type; this hook is their only reader and writer.
    void navigate({ to: '.', search: next as never, replace: true })
  }
  return { filter, change }
}
