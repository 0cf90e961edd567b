import type { TFunction } from 'i18next'
import { ApiProblem, problemText } from '#platform/web'

/** A problem's code in words; `otherwise` for one that nobody has words for. */
export function codeText(t: TFunction, code: string, otherwise: string): string {
  const [module, name] = code.split('.')
  return t(`${module}.problems.${name}`, { defaultValue: otherwise })
}

/** Why one field was refused: what is wrong with its value says more than that something is wrong. */
export function refusalText(t: TFunction, error: unknown): string {
  const code = error instanceof ApiProblem ? error.problem.errors?.[0]?.code : undefined
  return code === undefined ? problemText(t, error) : codeText(t, code, problemText(t, error))
}
