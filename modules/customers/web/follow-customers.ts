import type { WebModule } from '#platform/web'

/** A changed card is read again with its timeline, when it is on screen. */
export const followCustomers: NonNullable<WebModule['follow']> = (live, cache) => {
  live.on<{ personId: string }>('customers.person_changed', ({ data }) => {
    void cache.invalidateQueries({ queryKey: ['customers', 'card', data.personId] })
    void cache.invalidateQueries({ queryKey: ['customers', 'timeline', data.personId] })
    void cache.invalidateQueries({ queryKey: ['customers', 'merges', data.personId] })
    void cache.invalidateQueries({ queryKey: ['customers', 'candidates'] })
    void cache.invalidateQueries({ queryKey: ['customers', 'household'] })
  })
  live.on('customers.layout_changed', () => void cache.invalidateQueries({ queryKey: ['customers', 'layouts'] }))
  live.on<{ companyId: string }>('customers.company_changed', ({ data }) => {
    void cache.invalidateQueries({ queryKey: ['customers', 'company', data.companyId] })
  })
}
