import type { WebModule } from '#platform/web'
import { listKeys } from './lists-api.ts'

/** An import changes many cards in a moment: the lists are read again this long after the last change. */
const QUIET_MS = 500

/** The lists on screen follow what happens to cards. */
export const followLists: NonNullable<WebModule['follow']> = (live, cache) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const queryKey of Object.values(listKeys)) void cache.invalidateQueries({ queryKey })
    }, QUIET_MS)
  }
  for (const name of ['customers.person_created', 'customers.person_changed', 'customers.company_changed'])
    live.on(name, again)
}
