import type { Database } from '#platform/server/database'
import type { SignIn } from './sign-in.ts'

export type LookUpSession = ReturnType<typeof createSessionLookup>

/**
 * Finds the session behind the cookies of a request. `prolong` gives one that is a day old its full time again; `setCookies` carry that to the
 * browser. Why it could not look one up the library keeps to itself, so the database is asked for its own word then: one that is out of reach
 * must look neither like a defect nor like a session that is over.
 */
export function createSessionLookup(database: Database, signIn: SignIn) {
  return async (cookie: string, { prolong = false } = {}) => {
    try {
      const { response, headers } = await signIn.api.getSession({
        headers: new Headers({ cookie }),
        query: { disableRefresh: !prolong },
        returnHeaders: true,
      })
      return { found: response, setCookies: headers.getSetCookie() }
    } catch (error) {
      await database.pool.query('select 1')
      throw error
    }
  }
}
