import type { TFunction } from 'i18next'
import { ApiProblem } from './api.ts'

/** What is wrong with each field of a refused form, by dotted path: `smtp.port`. Empty when the refusal names no fields. */
export function fieldErrors(t: TFunction, error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ path, code }) => [
      path,
      t([...ownKey(code), `problems.fields.${code}`, 'problems.fields.invalid']),
    ]),
  )
}

/** A fault that a module names itself: `customers.inn_check` stands among its problems. */
function ownKey(code: string): string[] {
  const [subject, ...rest] = code.split('.')
  return rest.length > 0 ? [`${subject}.problems.${rest.join('.')}`] : []
}
