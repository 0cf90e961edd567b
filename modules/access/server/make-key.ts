import type { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import { Problem } from '#platform/shared/problems'
import type { ApiKey, apiKeyDraft } from '../contract/index.ts'
import { findActor } from './accounts.queries.ts'
import type { OperatorActor } from './actor.ts'
import { operatorNotFound } from './assert-known.ts'
import type { AccessContext } from './context.ts'
import { deleteKey, findKey, limitKey } from './keys.queries.ts'
import type { SignIn } from './sign-in.ts'

/** Makes a key that acts for this operator. The answer is the only place where the key itself is ever seen. */
export async function makeKey(
  { transaction }: AccessContext,
  signIn: SignIn,
  actor: OperatorActor,
  { name, tools }: z.infer<typeof apiKeyDraft>,
): Promise<ApiKey & { key: string }> {
  // Written down first: a key without an entry would be worse than an entry without a key.
  const { userId } = await transaction(actor.workspaceId, async (tx) => {
    await audit(tx, actor, { action: 'created', object: 'api_key', details: { name, ...(tools ? { tools } : {}) } })
    const account = await findActor(tx, actor.operatorId)
    if (!account) throw operatorNotFound()
    return account
  })
  const { id, key, start, createdAt } = await signIn.api.createApiKey({ body: { userId, name } })
  // Nobody knows the key before it is answered, so nobody can use it before it is limited.
  if (tools) await transaction(actor.workspaceId, (tx) => limitKey(tx, id, tools))
  return { id, key, name, start: start ?? '', createdAt, lastUsedAt: null, isFixed: false, tools: tools ?? null }
}

/** Ends one of the operator's own keys. @throws Problem `access.key_not_found`, `access.fixed_key` */
export async function revokeKey({ transaction, forget }: AccessContext, actor: OperatorActor, id: string) {
  await transaction(actor.workspaceId, async (tx) => {
    const key = await findKey(tx, { id, operatorId: actor.operatorId })
    if (!key) throw new Problem('access.key_not_found', 404, 'There is no such key.')
    if (key.isFixed) throw new Problem('access.fixed_key', 409, 'This key comes from OKNO_API_KEY; change it there.')
    await deleteKey(tx, id)
    await audit(tx, actor, { action: 'revoked', object: 'api_key', id, details: { name: key.name } })
    tx.afterCommit(() => forget(actor.operatorId))
  })
}
