import { z } from 'zod'
import type { Objects } from '#modules/objects'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { safeFileName } from '#platform/server/files'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { ListOrder, MadeExport } from '../../contract/exports.ts'
import { findExport, insertExport } from './exports.queries.ts'
import { CONTACT_FIELDS } from './list-file.ts'
import { LAST_ATTEMPT } from './make-export.ts'
import { fieldsOf } from './read-list.ts'

export const makeExportJob = defineJob('exchange.make_export', z.object({ id: z.uuid() }))

/** A file can be taken for so long. */
const KEPT_MS = 24 * 60 * 60 * 1000
const EXTENSIONS = { csv: 'csv', xlsx: 'xlsx', jsonl: 'jsonl', vcard: 'vcf' } as const

/** What an order of a person's data says. */
export const personOrder = z.object({ personId: z.uuid() })

/** Orders files to be made by a job. Whether this actor may order them was asked by the route. */
export function orderExports(
  { now }: Platform,
  {
    objects,
    people,
  }: {
    objects: Pick<Objects, 'questions'>
    people: { summaries(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { id: string; name: string }>> }
  },
) {
  async function place(
    tx: Tx,
    actor: Actor,
    of: { kind: MadeExport['kind']; order: unknown; name: string },
  ): Promise<MadeExport> {
    if (!actor.operatorId) throw new Problem('access.forbidden', 403, 'Only an operator orders exports.')
    const at = now()
    const id = newId()
    const name = safeFileName(of.name)
    await insertExport(tx, {
      ...of,
      name,
      id,
      operatorId: actor.operatorId,
      at,
      endsAt: new Date(at.getTime() + KEPT_MS),
    })
    enqueue(tx, makeExportJob, { id }, { maxAttempts: LAST_ATTEMPT })
    const made = await findExport(tx, id)
    if (!made) throw new Error('An export that was not stored.')
    return made
  }

  return {
    /** @throws Problem `objects.object_not_found`, `objects.column_unknown`, `objects.condition_wrong`, `objects.not_sortable`, `exchange.not_people` */
    list: async (tx: Tx, actor: Actor, asked: ListOrder, requestId: string): Promise<MadeExport> => {
      if (asked.format === 'vcard' && asked.object !== 'person')
        throw new Problem('exchange.not_people', 422, 'Only people are written as vCards.')
      const order = asked.format === 'vcard' ? { ...asked, fields: [...CONTACT_FIELDS] } : asked
      const ask = await objects.questions(tx, actor)
      const fields = await fieldsOf(objects, tx, actor, order)
      const condition = ask.read(order.object, order.filter)
      const label = ask.describe(order.object)?.label.many[order.locale] ?? order.object
      const name = `${label} ${now().toISOString().slice(0, 10)}.${EXTENSIONS[order.format]}`
      const made = await place(tx, actor, { kind: 'list', order, name })
      // The condition itself may name somebody; the log keeps that there was one.
      const details = {
        exportId: made.id,
        format: order.format,
        fields: fields.map(({ key }) => key),
        isNarrowed: condition !== undefined || order.q !== undefined,
        withRestricted: order.withRestricted,
      }
      await audit(tx, actor, { action: 'exchange.list_exported', object: order.object, details, requestId })
      return made
    },

    /** @throws Problem `customers.person_not_found` */
    person: async (tx: Tx, actor: Actor, id: string, requestId: string): Promise<MadeExport> => {
      const person = (await people.summaries(tx, [id])).get(id)
      if (!person) throw new Problem('customers.person_not_found', 404, 'There is no such person.')
      const name = `${person.name} ${now().toISOString().slice(0, 10)}.zip`
      const made = await place(tx, actor, { kind: 'person', order: { personId: person.id }, name })
      const details = { exportId: made.id }
      await audit(tx, actor, {
        action: 'exchange.person_exported',
        object: 'person',
        id: person.id,
        details,
        requestId,
      })
      return made
    },
  }
}
