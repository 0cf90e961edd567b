import type { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { notify, type WebModule } from '#platform/web'

/** A changed card is read again with its timeline, when it is on screen. */
export const followCustomers: NonNullable<WebModule['follow']> = (live, cache) => {
  live.on<{ personId: string }>('customers.person_changed', ({ data }) => {
    for (const part of ['card', 'brief', 'files', 'timeline', 'merges']) {
      void cache.invalidateQueries({ queryKey: ['customers', part, data.personId] })
    }
    void cache.invalidateQueries({ queryKey: ['customers', 'candidates'] })
    void cache.invalidateQueries({ queryKey: ['customers', 'household'] })
  })
  live.on('customers.layout_changed', () => void cache.invalidateQueries({ queryKey: ['customers', 'layouts'] }))
  live.on<{ title: string }>('customers.task_due', ({ data }) => {
    void notify(i18next.t('customers.tasks.due_now', { title: data.title }))
    for (const part of ['brief', 'tasks']) void cache.invalidateQueries({ queryKey: ['customers', part] })
  })
  live.on('customers.task_changed', () => void cache.invalidateQueries({ queryKey: ['customers', 'tasks'] }))
  live.on<{ companyId: string }>('customers.company_changed', ({ data }) => {
    void cache.invalidateQueries({ queryKey: ['customers', 'company', data.companyId] })
  })
}

/** Reads again what a card on screen says of a conversation that changed: for the module that hears of it. */
export function rereadTalks(cache: QueryClient, personId: string): void {
  for (const part of ['brief', 'timeline', 'files']) {
    void cache.invalidateQueries({ queryKey: ['customers', part, personId] })
  }
}
