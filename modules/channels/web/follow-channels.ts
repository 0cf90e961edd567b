import type { WebModule } from '#platform/web'
import { channelsKeys } from './channels-api.ts'

/** Accounts are a short list, read again whenever one changes; what arrived grows by itself. */
export const followChannels: NonNullable<WebModule['follow']> = (live, cache) => {
  live.on('channels.account_changed', () => void cache.invalidateQueries({ queryKey: channelsKeys.accounts }))
  live.on('channels.facts_arrived', () => void cache.invalidateQueries({ queryKey: channelsKeys.arrivals }))
}
