import type { Tx } from '#platform/server/database'
import type { Catalogue } from '#platform/server/objects/catalogue'
import type { ObjectWriter, ValuesByField } from '#platform/server/objects/source'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import { type CustomValues, recordDraft, recordPatch } from '../contract/index.ts'
import { CUSTOM } from './custom-objects.queries.ts'
import type { StoredObject } from './definitions.queries.ts'
import { changeRecord, createRecord } from './save-record.ts'

/** How records of a custom object are written by the keys of its fields. */
export function recordWriter(
  platform: Platform,
  catalogueOf: (tx: Tx) => Promise<Catalogue>,
  object: StoredObject,
): ObjectWriter {
  const create = createRecord(platform)
  const change = changeRecord(platform)
  const placeOf = async (tx: Tx) => ({ catalogue: await catalogueOf(tx), object, objectKey: CUSTOM + object.key })
  return {
    permission: 'objects.edit',
    table: 'objects.records',
    create: async (tx, actor, values) => {
      const draft = recordDraft.safeParse(byKind(values))
      if (!draft.success) throw nameRequired()
      return create(tx, actor, await placeOf(tx), draft.data)
    },
    change: async (tx, actor, id, values) => {
      const patch = recordPatch.safeParse(byKind(values))
      if (!patch.success) throw nameRequired()
      return change(tx, actor, await placeOf(tx), id, patch.data)
    },
    // Others may refer to it: it goes out of sight, as every record does that is not needed any more.
    takeBack: async (tx, actor, id) => {
      await change(tx, actor, await placeOf(tx), id, { isArchived: true })
      return true
    },
  }
}

/** `name` beside the custom values, as a record is given. */
function byKind({ name, ...values }: ValuesByField) {
  return { ...(name === undefined ? {} : { name }), custom: customPart(values) }
}

/** The custom values among some, by their own keys. */
export const customPart = (values: ValuesByField): CustomValues =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(CUSTOM))
      // Checked against their fields already, so they are JSON.
      .map(([key, value]) => [key.slice(CUSTOM.length), value as CustomValues[string]]),
  )

/** Of all that a record holds, only its name can be wrong once its values were checked. */
const nameRequired = () => {
  const message = 'This field must not be empty.'
  return new Problem('objects.value_wrong', 422, 'A record has a name of at most 300 characters.', {
    errors: [{ path: 'name', code: 'objects.value_required', message }],
  })
}
