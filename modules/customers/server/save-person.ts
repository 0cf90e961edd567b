import type { GivenValues } from '#modules/objects'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import { together } from '#platform/server/together'
import type { Actor } from '#platform/shared/actor'
import { type Changes, changedOnly, changesBetween } from '#platform/shared/changes'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { personChanged, personCreated } from '../contract/events.ts'
import type { PersonDraft, PersonPatch } from '../contract/people.ts'
import { findCompanyIds } from './companies.queries.ts'
import { replaceEmployments } from './employments.queries.ts'
import { linkAlike, lockIdentities, saveIdentities } from './identities.queries.ts'
import { lockShown } from './identity/merges.queries.ts'
import { type IdentityKey, identityKey, isSame } from './identity.ts'
import {
  EMPTY_PERSON,
  findLocale,
  insertCards,
  type NewCard,
  type PersonFields,
  updatePersonFields,
} from './people.queries.ts'
import { cleanName, nameOfParts, standInName } from './person-name.ts'
import { assertOpen } from './personal-data/assert-open.ts'
import { documentOfNew, indexPerson } from './search-documents.ts'
import type { Custom } from './tables.ts'
import { tellCompanies } from './tell-companies.ts'
import { insertTimelineEntry } from './timeline.queries.ts'

/** What this module asks of the one that knows operators. */
export interface Operators {
  operatorNames(tx: Tx, ids: string[]): Promise<Map<string, { id: string; name: string }>>
  /** Everybody who is in one of these teams, by id. */
  operatorsOfTeams(tx: Tx, teamIds: readonly string[]): Promise<string[]>
}

/** What this module asks of the one that knows objects and their fields. */
export interface CustomFields {
  storeValues(tx: Tx, actor: Actor, given: GivenValues): Promise<Custom>
}

/** What saving a card stands on. */
export interface SaveUses {
  readonly operators: Operators
  readonly objects: CustomFields
}

/**
 * Opens a card for a person that somebody described. Typed e-mails and phones become claims. `at`: when it happened, for what is told later.
 * @throws Problem `customers.name_required`, `customers.owner_unknown`, `customers.company_unknown`, `objects.value_wrong`, `objects.value_taken`
 */
export const createPerson =
  ({ events, now }: Platform, { operators, objects }: SaveUses) =>
  async (tx: Tx, actor: Actor, draft: PersonDraft, { at = now(), origin = 'manual' } = {}): Promise<string> => {
    await assertKnown(tx, operators, draft)
    const keys = typedKeys(draft)
    const given = cleanName(draft.name) ?? nameOfParts(draft)
    if (!given && keys.length === 0)
      throw new Problem('customers.name_required', 422, 'Give a name, an e-mail or a phone.')
    const id = newId()
    const name = given ?? standInName(keys, await findLocale(tx))
    const custom = await objects.storeValues(tx, actor, { object: 'person', id, given: draft.custom })
    const card: NewCard = {
      ...merge(EMPTY_PERSON, draft),
      ...{ id, custom, name, nameIsStandIn: given === null, origin, createdAt: at },
      proven: [],
      claims: keys,
      evidence: typedBy(actor, at),
      openedBy: { operatorId: actor.operatorId, operatorName: actor.name },
    }
    await together(lockIdentities(tx, keys), insertCards(tx, [card]))
    if (draft.companyIds) {
      await replaceEmployments(tx, id, draft.companyIds)
      tellCompanies(tx)
    }
    await together(linkAlike(tx, [{ personId: id, keys }]), indexForSearch(tx, documentOfNew(card)))
    await audit(tx, actor, { action: 'customers.person_created', object: 'person', id })
    await events.publish(tx, actor, personCreated, { personId: id })
    return id
  }

/**
 * Changes a card. E-mails and phones are added; `companyIds` replaces where the person works; everything else replaces its field, and `custom`
 * replaces the keys it names (null removes one). `stageReason` goes into the history of stages. The name follows its parts unless it is given. Who was joined to another is changed there.
 * @throws Problem `customers.person_not_found`, `customers.owner_unknown`, `customers.company_unknown`, `customers.restricted`, `customers.erased`
 */
export const updatePerson =
  ({ events, now }: Platform, { operators, objects }: SaveUses) =>
  async (tx: Tx, actor: Actor, askedId: string, { stageReason, ...draft }: PersonPatch): Promise<void> => {
    await assertKnown(tx, operators, draft)
    const at = now()
    const before = await lockShown(tx, askedId)
    if (!before) throw personNotFound(askedId)
    const { id } = before
    await assertOpen(tx, [id])
    const custom = await objects.storeValues(tx, actor, {
      object: 'person',
      id,
      given: draft.custom,
      before: before.custom,
    })
    const after = { ...merge(before, draft), custom }
    const isRenamed = ['firstName', 'lastName', 'middleName'].some((part) => part in draft)
    const given = cleanName(draft.name) ?? (isRenamed ? nameOfParts(after) : null)
    const saved = given ? { ...after, name: given, nameIsStandIn: false } : after
    await updatePersonFields(tx, id, saved, at)
    if (before.stage !== after.stage) {
      const by = { operatorId: actor.operatorId, operatorName: actor.name }
      const data = { from: before.stage, to: after.stage, ...(stageReason ? { reason: stageReason } : {}), ...by }
      await insertTimelineEntry(tx, { personId: id, at, kind: 'customers.stage_changed', data })
    }
    await saveAround(tx, actor, id, draft, at)
    await audit(tx, actor, {
      action: 'customers.person_changed',
      object: 'person',
      id,
      details: { fields: Object.keys(draft) },
    })
    await events.publish(tx, actor, personChanged, { personId: id }, { changes: changesOf(before, saved, draft) })
  }

export const personNotFound = (id: string) =>
  new Problem('customers.person_not_found', 404, `There is no person ${id}.`)

/** Everything of a draft that does not lie in the person's own row. */
async function saveAround(tx: Tx, actor: Actor, personId: string, draft: PersonDraft, at: Date): Promise<void> {
  const keys = typedKeys(draft)
  if (keys.length > 0) {
    await lockIdentities(tx, keys)
    await saveIdentities(tx, { personId, keys, proven: false, evidence: typedBy(actor, at), at })
    await linkAlike(tx, [{ personId, keys }])
  }
  if (draft.companyIds) {
    await replaceEmployments(tx, personId, draft.companyIds)
    tellCompanies(tx)
  }
  await indexPerson(tx, personId)
}

const typedBy = (actor: Actor, at: Date) => ({
  source: 'operator',
  at: at.toISOString(),
  operatorId: actor.operatorId,
})

/** What a colleague changed on a card. Of addresses and places of work it is told that they changed: the card says how they are. */
function changesOf(before: PersonFields, after: PersonFields, draft: PersonDraft): Changes {
  const { nameIsStandIn: _nameIsStandIn, ...fields } = before
  const names = Object.keys(fields) as (keyof typeof fields)[]
  return {
    ...changesBetween(before, after, names),
    ...(typedKeys(draft).length > 0 ? changedOnly('identities') : {}),
    ...(draft.companyIds ? changedOnly('employments') : {}),
  }
}

function typedKeys({ emails = [], phones = [] }: PersonDraft): IdentityKey[] {
  const keys = [
    ...emails.map((email) => identityKey('email', email, '')),
    ...phones.map((phone) => identityKey('phone', phone, '')),
  ].filter((key) => key !== null)
  return keys.filter((key, i) => keys.findIndex((other) => isSame(other, key)) === i)
}

function merge(before: PersonFields, draft: PersonDraft): PersonFields {
  const { name: _name, emails: _emails, phones: _phones, companyIds: _companyIds, custom: _custom, ...given } = draft
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...before, ...fields }
}

async function assertKnown(tx: Tx, operators: Operators, { ownerId, companyIds }: PersonDraft): Promise<void> {
  await assertOperator(tx, operators, ownerId)
  const known = await findCompanyIds(tx, companyIds ?? [])
  const missing = companyIds?.find((id) => !known.has(id))
  if (missing) throw new Problem('customers.company_unknown', 422, `There is no company ${missing}.`)
}

/** @throws Problem `customers.owner_unknown` when somebody is named who is no operator here */
export async function assertOperator(tx: Tx, operators: Operators, id: string | null | undefined): Promise<void> {
  if (id && !(await operators.operatorNames(tx, [id])).has(id)) {
    throw new Problem('customers.owner_unknown', 422, `There is no operator ${id}.`)
  }
}
