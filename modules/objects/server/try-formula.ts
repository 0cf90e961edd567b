import type { Tx } from '#platform/server/database'
import type { Formula } from '#platform/server/objects/formula/formula'
import { findValues } from '#platform/server/objects/values'
import { Problem } from '#platform/shared/problems'
import type { FormulaAnswer, FormulaQuestion } from '../contract/index.ts'
import type { Questions } from './conditions.ts'
import { CUSTOM, formulaOver } from './custom-objects.queries.ts'
import { objectNotFound } from './describe-objects.ts'

/** No field has this key: keys of fields begin with a letter. */
const TRIAL = `${CUSTOM}_trial`

/**
 * What a formula would give, before anybody has saved it: its type, and its value for one object; or what is wrong with it.
 * @throws Problem `objects.object_not_found`
 */
export async function tryFormula(
  tx: Tx,
  ask: Questions,
  object: string,
  { formula: text, id }: FormulaQuestion,
): Promise<FormulaAnswer> {
  if (!ask.describe(object)?.takesFields) throw objectNotFound(object)
  try {
    const formula = formulaOver(ask.catalogue.source(object).fields, text)
    return { type: formula.root.type, trial: await trialOf(tx, ask, object, formula, id), fault: null }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'objects.formula_wrong') throw error
    const { at, fault, ...params } = error.params
    return { type: null, trial: null, fault: { fault: String(fault), at: Number(at), params, message: error.message } }
  }
}

async function trialOf(
  tx: Tx,
  ask: Questions,
  object: string,
  formula: Formula,
  wanted: string | undefined,
): Promise<FormulaAnswer['trial']> {
  const label = { en: 'Trial', ru: 'Проба' }
  const trial = { key: TRIAL, type: 'formula', result: formula.root.type, label, read: { formula } } as const
  const catalogue = ask.catalogue.with([], [{ extends: object, fields: [trial] }])
  const id = wanted ?? (await newest(ask, object))
  if (!id) return null
  const [found] = await findValues(tx, { catalogue, object, asking: ask.asking }, [id], [TRIAL, ...formula.fields])
  if (!found) return null
  const { [TRIAL]: value = null, ...given } = found.values
  return { id: found.id, name: found.name, value, given }
}

async function newest(ask: Questions, object: string): Promise<string | undefined> {
  const isSortable = ask.describe(object)?.fields.some(({ key, can }) => key === 'createdAt' && can.sort)
  const sort = isSortable ? [{ field: 'createdAt', direction: 'desc' as const }] : []
  return (await ask.find({ object, sort, limit: 1 })).items[0]
}
