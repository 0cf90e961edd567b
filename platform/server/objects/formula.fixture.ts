import { sql } from 'kysely'
import type { Value } from '#platform/shared/objects/field-types'
import { familyOfField } from '#platform/shared/objects/object'
import type { Asking } from './compile.ts'
import type { Facts } from './evaluate.ts'
import { compileField } from './field-value.ts'
import { evaluateFormula } from './formula/evaluate-formula.ts'
import type { Formula } from './formula/formula.ts'
import { comparedOf } from './matches.ts'
import { today } from './moments.ts'
import { things, type thingsDatabase } from './things.fixture.ts'

function fieldOf(key: string) {
  const found = things.source('thing').fields.find((field) => field.key === key)
  if (!found) throw new Error(`No field ${key}.`)
  return found
}

/** What a formula gives for every thing, by the database and in memory, in the order of their ids. */
export async function formulaTruth(
  { database, workspaceId }: Awaited<ReturnType<typeof thingsDatabase>>,
  formula: Formula,
  facts: readonly Facts[],
  asking: Asking,
): Promise<{ stored: Value[]; computed: Value[] }> {
  const row = sql.ref('r0')
  const field = { key: 'asked', type: 'formula', label: { en: 'x', ru: 'x' }, read: { formula } } as const
  const operand = compileField(field, things.source('thing'), row, asking)
  const { rows } = await database.transaction(workspaceId, (tx) =>
    sql<{ value: Value }>`select to_jsonb(${operand?.value}) as value from t.things as ${row} order by id`.execute(
      tx.db,
    ),
  )
  const stored = rows.map(({ value }) => value)
  const computed = facts.map((one) =>
    evaluateFormula(formula, {
      fields: (key) => comparedOf(one.value(key) as Value, familyOfField(fieldOf(key))),
      today: today(asking).toString(),
    }),
  )
  return { stored, computed }
}
