import type { Access } from '#modules/access'
import type { Customers } from '#modules/customers'
import type { Objects } from '#modules/objects'
import type { HttpServer } from '#platform/server/http'
import type { PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import { listOrder } from '../../contract/exports.ts'
import { exportRoutes } from './export-routes.ts'
import type { ExportStore } from './export-store.ts'
import { endExports, findTimeZone } from './exports.queries.ts'
import { listFile } from './list-file.ts'
import { type MakeContent, makeExport } from './make-export.ts'
import { makeExportJob, orderExports } from './order-export.ts'
import { personFile } from './person-file.ts'
import { fieldsOf, readList } from './read-list.ts'
import { removeOrphans } from './remove-orphans.ts'

/** What exports ask of the modules below. */
export interface ExportUses {
  readonly access: Pick<Access, 'actorOf' | 'businessWorkspace'>
  readonly objects: Pick<Objects, 'questions' | 'rows'>
  readonly customers: Pick<Customers, 'summaries' | 'personalData'>
}

/** Lists and the data of one person, as files that their maker takes away. */
export function createExports(platform: Platform, store: ExportStore, { access, objects, customers }: ExportUses) {
  const { transaction, database, jobs, now } = platform
  const people = customers.personalData

  const listContent: MakeContent = async function* ({ made, actor, tell }) {
    const order = listOrder.parse(made.order)
    const { fields, timeZone } = await transaction(actor.workspaceId, async (tx) => ({
      fields: await fieldsOf(objects, tx, actor, order),
      timeZone: await findTimeZone(tx),
    }))
    let done = 0
    const counted = async function* () {
      for await (const page of readList(platform, { objects, people }, actor, order)) {
        yield page
        done += page.rows.length
        await tell({ done })
      }
    }
    yield* listFile(counted(), { order, fields, words: { locale: order.locale, timeZone } })
  }

  const personContent = personFile(platform, {
    parts: people.parts,
    subjectOf: people.subjectOf,
    businessWorkspace: access.businessWorkspace,
  })
  const make = makeExport(platform, {
    store,
    actorOf: access.actorOf,
    contentOf: { list: listContent, person: personContent },
  })
  jobs.handle(makeExportJob, ({ id }, context) => make(id, context))
  jobs.schedule('exchange.end_exports', '*/10 * * * *', async () => {
    const ended = await database.system((tx) => endExports(tx, { before: now() }))
    for (const { workspaceId, id } of ended) await store.remove(workspaceId, id)
    await removeOrphans(database, store)
  })

  /** Any file made before may hold the person, and its order may name them: all end. */
  const personalData: PersonalDataPart = {
    name: 'exports',
    tables: { 'exchange.exports': 'files made before are removed, and what was asked for in them' },
    tell: async function* () {},
    erase: async (tx) => {
      const ended = await endExports(tx, { workspaceId: tx.workspaceId })
      tx.afterCommit(() => {
        for (const { id } of ended)
          store.remove(tx.workspaceId, id).catch((error) => platform.log.warn({ err: error }, 'export not removed'))
      })
      return { 'exchange.exports': ended.length }
    },
  }
  customers.personalData.declare(personalData)

  return {
    routes: (http: HttpServer) =>
      exportRoutes(http, platform, { order: orderExports(platform, { objects, people: customers }), store }),
  }
}
