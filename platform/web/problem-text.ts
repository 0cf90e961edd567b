import type { TFunction } from 'i18next'
import { ApiProblem, isAway } from './api.ts'

/** What went wrong in the reader's words: the text of the problem's code, else a general sentence with the request id. */
export function problemText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problems.unknown')
  const { code, params, requestId, status } = error.problem
  const [subject, ...rest] = code.split('.')
  const keys = [`${subject}.problems.${rest.join('.')}`, `problems.${code.replace('.', '_')}`]
  if (status >= 500 || requestId === undefined) return t([...keys, 'problems.unknown'], { ...params })
  return t([...keys, 'problems.refused'], { ...params, detail: error.problem.detail })
}

/**
 * The same for what makes something new: when the answer was lost on its way it may be there already, and "try again" would make a second one.
 * Okno's own word that its data is away means that nothing was stored.
 */
export function makingText(t: TFunction, error: unknown): string {
  const isUnsure = error instanceof ApiProblem && isAway(error) && error.problem.code !== 'server.unavailable'
  return isUnsure ? t('problems.unsure') : problemText(t, error)
}
