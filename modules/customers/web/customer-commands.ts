import { IconBuilding, IconChecklist, IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Found } from '#modules/customers/contract'
import { api, type Command, type CommandSource, type WirePage } from '#platform/web'

const MIN_WORDS = 2
const SHOWN = 8

/** People and companies by any part of a name, number or address; the list of tasks by its name. */
export const customerCommands: CommandSource = {
  id: 'customers',
  order: 20,
  useCommands: (words) => {
    const { t } = useTranslation()
    const navigate = useNavigate()
    const { data } = useQuery({
      queryKey: ['customers', 'palette', words],
      queryFn: ({ signal }) => api.get<WirePage<Found>>('/search', { signal, query: { q: words, limit: SHOWN } }),
      enabled: words.length >= MIN_WORDS,
      placeholderData: keepPreviousData,
    })
    const tasks = t('customers.tasks.title')
    const places: Command[] = tasks.toLocaleLowerCase().includes(words.toLocaleLowerCase())
      ? [
          {
            id: 'tasks',
            label: tasks,
            group: t('customers.go'),
            icon: IconChecklist,
            run: () => void navigate({ to: '/tasks' }),
          },
        ]
      : []
    if (words.length < MIN_WORDS) return places
    const found = (data?.items ?? []).map(
      ({ object, id, name, detail }): Command => ({
        id: `${object} ${id}`,
        label: name,
        description: detail,
        group: t(object === 'person' ? 'customers.people' : 'customers.companies'),
        icon: object === 'person' ? IconUser : IconBuilding,
        run: () => void navigate({ to: object === 'person' ? `/people/${id}` : `/companies/${id}` }),
      }),
    )
    return [...found, ...places]
  },
}
