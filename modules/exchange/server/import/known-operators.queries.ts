import type { Tx } from '#platform/server/database'

/** Who was said to be meant by names in files, by the form of the name; also those who left since. */
export async function findKnownOperators(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.db
    .selectFrom('exchange.known_operators')
    .select(['name', 'operator_id as operatorId'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return new Map(rows.map(({ name, operatorId }) => [name, operatorId]))
}

/** Remembers who is meant by names in these forms; null = nobody is. */
export async function saveKnownOperators(tx: Tx, known: ReadonlyMap<string, string | null>): Promise<void> {
  const nobody = [...known].flatMap(([name, operatorId]) => (operatorId === null ? [name] : []))
  const meant = [...known].flatMap(([name, operatorId]) =>
    operatorId === null ? [] : [{ workspace_id: tx.workspaceId, name, operator_id: operatorId }],
  )
  if (nobody.length > 0)
    await tx.db
      .deleteFrom('exchange.known_operators')
      .where('workspace_id', '=', tx.workspaceId)
      .where('name', 'in', nobody)
      .execute()
  if (meant.length > 0)
    await tx.db
      .insertInto('exchange.known_operators')
      .values(meant)
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'name'])
          .doUpdateSet((row) => ({ operator_id: row.ref('excluded.operator_id') })),
      )
      .execute()
}
