import type { TFunction } from 'i18next'
import { ApiProblem } from './api.ts'

/** What went wrong in the reader's words: the text of the problem's code, else a general sentence with the request id. */
export function problemText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problems.unknown')
  const { code, params, requestId, status } = error.problem
  const [subject, ...rest] = code.split('.')
  const keys = [`${subject}.problems.${rest.join('.')}`, `problems.${code.replace('.', '_')}`]
  if (status >= 500 || requestId === undefined) return t([...keys, 'problems.unknown'], { ...params })
  return t([...keys, 'problems.refused'], { ...params, detail: error.problem.detail })
}
