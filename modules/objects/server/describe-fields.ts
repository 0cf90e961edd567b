import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Catalogue } from '#platform/server/objects/catalogue'
import type { ObjectSource } from '#platform/server/objects/source'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { descriptionChanged, type FieldDraft, type FieldPatch } from '../contract/index.ts'
import { CUSTOM, type FieldDescription, formulaOver } from './custom-objects.queries.ts'
import { findFields, moveVersion, type StoredField, saveField } from './definitions.queries.ts'
import { freeKey } from './free-key.ts'
import { releaseIndex } from './index-fields.ts'
import { type Json, storedValue } from './value-rules.ts'
import { holdExisting, releaseField } from './values.queries.ts'

/** An object has room for so many fields of its own; more of them would be another object. */
const MAX_FIELDS = 300

type LoadCatalogue = (tx: Tx) => Promise<Catalogue>

/**
 * Describes a new field of an object. Resolves to its key, with `custom.` before it.
 * @throws Problem `objects.object_not_found`, `objects.key_taken`, `objects.field_wrong`, `objects.formula_wrong`, `objects.too_many_fields`
 */
export const addField =
  ({ events }: Platform, catalogueOf: LoadCatalogue) =>
  async (tx: Tx, actor: Actor, objectKey: string, draft: FieldDraft): Promise<string> => {
    await moveVersion(tx)
    const object = extensible(await catalogueOf(tx), objectKey)
    const fields = (await findFields(tx)).filter((field) => field.object === objectKey)
    if (fields.length >= MAX_FIELDS)
      throw new Problem('objects.too_many_fields', 422, `An object has at most ${MAX_FIELDS} fields of its own.`)
    const { key: wanted, type, ...given } = draft
    const key = freeKey(wanted, given.label, new Set(fields.map((field) => field.key)))
    const description = descriptionOf(given)
    assertSound(await catalogueOf(tx), object, type, description)
    const field: StoredField = {
      id: newId(),
      object: objectKey,
      key,
      type,
      description,
      position: fields.length,
      archivedAt: null,
    }
    await saveField(tx, field)
    if (description.isUnique) await makeUnique(tx, field, object)
    await audit(tx, actor, {
      action: 'objects.field_added',
      object: 'field',
      id: field.id,
      details: { object: objectKey, key, type },
    })
    await events.publish(tx, actor, descriptionChanged, { object: objectKey })
    return CUSTOM + key
  }

/**
 * Changes what may be changed of a field. Options are added, renamed and archived; leaving one out is refused.
 * @throws Problem `objects.field_not_found`, `objects.field_wrong`, `objects.option_removed`, `objects.not_unique`, `objects.formula_wrong`
 */
export const changeField =
  ({ events, now }: Platform, catalogueOf: LoadCatalogue) =>
  async (tx: Tx, actor: Actor, objectKey: string, fieldKey: string, patch: FieldPatch): Promise<void> => {
    await moveVersion(tx)
    const catalogue = await catalogueOf(tx)
    const object = extensible(catalogue, objectKey)
    const before = (await findFields(tx)).find((field) => field.object === objectKey && CUSTOM + field.key === fieldKey)
    if (!before) throw new Problem('objects.field_not_found', 404, `${objectKey} has no field ${fieldKey} of its own.`)
    const { isArchived, position = before.position, ...changes } = patch
    const gone = before.description.options?.find(({ key }) => changes.options?.every((option) => option.key !== key))
    if (changes.options && gone)
      throw new Problem('objects.option_removed', 422, `Archive the option ${gone.key} instead of leaving it out.`, {
        params: { option: gone.key },
      })
    const description = { ...before.description, ...descriptionOf(changes) }
    assertSound(catalogue, object, before.type, description)
    const archivedAt = isArchived === undefined ? before.archivedAt : isArchived ? (before.archivedAt ?? now()) : null
    const after: StoredField = { ...before, description, position, archivedAt }
    await saveField(tx, after)
    if (archivedAt) await releaseIndex(tx, object, before.id)
    if (description.isUnique && !before.description.isUnique) await makeUnique(tx, after, object)
    if (!description.isUnique && before.description.isUnique) await releaseField(tx, before.id)
    await audit(tx, actor, {
      action: 'objects.field_changed',
      object: 'field',
      id: before.id,
      details: { object: objectKey, key: before.key, changed: Object.keys(patch) },
    })
    await events.publish(tx, actor, descriptionChanged, { object: objectKey })
  }

function extensible(catalogue: Catalogue, key: string): ObjectSource {
  const found = catalogue.objects.find((object) => object.key === key)
  if (!found?.custom) throw new Problem('objects.object_not_found', 404, `There is no object ${key} that takes fields.`)
  return found
}

/** Only what was given: the rest of a patch stays as it is. */
function descriptionOf<Given extends Partial<Omit<FieldDraft, 'key' | 'type'>> | FieldPatch>(given: Given) {
  const { default: initial, ...rest } = given
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  // The schema has given each key its type; `undefined`, which it also allows, was just left out.
  return { ...known, ...(initial === undefined ? {} : { default: initial ?? null }) } as unknown as FieldDescription
}

const wrong = (path: string, message: string, code = 'objects.field_wrong') =>
  new Problem('objects.field_wrong', 422, message, { errors: [{ path, code, message }] })

const UNIQUE_TYPES = new Set(['text', 'number', 'phone', 'email', 'url', 'reference'])

/** @throws Problem `objects.field_wrong`, `objects.formula_wrong` */
function assertSound(
  catalogue: Catalogue,
  object: ObjectSource,
  type: StoredField['type'],
  description: FieldDescription,
): void {
  const { options, target, formula, isUnique, isRequired } = description
  const isChoice = type === 'choice' || type === 'multi_choice'
  if (isChoice !== (options !== undefined)) throw wrong('options', 'A choice has options, and only a choice.')
  if ((type === 'reference') !== (target !== undefined))
    throw wrong('target', 'A reference has a target, and only a reference.')
  if (target !== undefined && !catalogue.objects.some(({ key }) => key === target))
    throw wrong('target', `There is no object ${target}.`)
  if ((type === 'formula') !== (formula !== undefined))
    throw wrong('formula', 'A formula field has a formula, and no other.')
  if (formula !== undefined) formulaOver(object.fields, formula)
  if (isUnique && !UNIQUE_TYPES.has(type)) throw wrong('isUnique', `A ${type} is not made unique.`)
  if (type === 'formula' && isRequired) throw wrong('isRequired', 'What is computed cannot be required.')
  assertDefault(type, description)
}

function assertDefault(type: StoredField['type'], { default: initial, options, isUnique }: FieldDescription): void {
  if (initial === undefined || initial === null) return
  if (type === 'formula' || isUnique) throw wrong('default', 'What is computed or unique has no default.')
  const result = storedValue({ type, options }, initial as Json)
  if ('problem' in result) throw wrong('default', result.problem, 'objects.value_wrong')
}

async function makeUnique(tx: Tx, { id, key }: StoredField, object: ObjectSource): Promise<void> {
  if (await holdExisting(tx, { fieldId: id, key, object })) return
  throw new Problem(
    'objects.not_unique',
    409,
    'Some objects have the same value in this field; it cannot be unique yet.',
  )
}
