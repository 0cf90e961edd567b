import { rowsKey } from '#modules/objects/web'
import type { WebModule } from '#platform/web'

/** An import changes many cards in a moment: the lists are read again this long after the last change. */
const QUIET_MS = 500

/** The lists on screen follow what happens to cards. */
export const followLists: NonNullable<WebModule['follow']> = (live, cache) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const object of ['person', 'company']) void cache.invalidateQueries({ queryKey: rowsKey(object) })
    }, QUIET_MS)
  }
  for (const name of ['customers.person_created', 'customers.person_changed', 'customers.company_changed'])
    live.on(name, again)
}
