import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import { nameOfPart } from '#platform/server/read-part'
import type { Actor } from '#platform/shared/actor'
import { pageOf, pageQuery } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import {
  fieldProposal,
  type ImportCard,
  importCard,
  importJob,
  importPatch,
  importRow,
  importRowsQuery,
  newField,
  proposalQuery,
} from '../../contract/index.ts'
import { addImportField, proposeImportField } from './add-import-field.ts'
import { changeImport, isOpen } from './change-import.ts'
import { forReader } from './for-reader.ts'
import { limits } from './formats/limits.ts'
import { describeImported, type ImportContext, importNotFound, wrongState } from './import-context.ts'
import { findImport, findImports, type StoredImport } from './imports.queries.ts'
import { moveImport } from './move-import.ts'
import { showOperators } from './operators-of-file.ts'
import { findShownRows } from './rows.queries.ts'
import { rowsFile } from './rows-file.ts'
import { showCard, showImport, showRow } from './show-import.ts'
import { targetsOf } from './targets.ts'
import { addImport, lookInto } from './upload-file.ts'

const tags = ['imports']
const config = { access: 'exchange.import' }
const params = z.object({ id: z.uuid() })
/** The steps of an import that are asked for by name. */
const MOVES = {
  check: 'Check an import: what would become of each row',
  run: 'Take the rows in, or go on',
  stop: 'Stop taking rows in',
  undo: 'Take a whole import back',
} as const

/** Rows with something to say of them, to be taken home. */
const FILES = {
  refused: {
    outcome: 'refused',
    summary: 'The refused rows as CSV, with the reason of each, to mend and import again',
  },
  remarks: { outcome: 'remarked', summary: 'The rows of which something was left out, as CSV, with what and why' },
} as const

/** `/imports`: files, what their rows would become and became. */
export function importRoutes(http: HttpServer, context: ImportContext): void {
  const { transaction, files, now } = context.platform
  const use = {
    add: addImport(context),
    change: changeImport(context),
    move: moveImport(context),
    propose: proposeImportField(context),
    addField: addImportField(context),
  }

  const known = async (tx: Tx, id: string): Promise<StoredImport> => {
    const one = await findImport(tx, id)
    if (!one) throw importNotFound(id)
    return one
  }
  const shown = async (tx: Tx, actor: Actor, id: string): Promise<ImportCard> => {
    const one = await known(tx, id)
    const description = await describeImported(context, tx, actor, one.object)
    const { columns } = forReader(await context.objects.questions(tx, actor), one)
    return showCard({ ...one, columns }, actor, now(), {
      targets: targetsOf(description),
      operators: await showOperators(tx, context.access, one.columns),
    })
  }

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/imports',
        {
          config,
          schema: {
            tags,
            summary: 'Imports, the newest first',
            querystring: pageQuery,
            response: { 200: pageOf(importJob) },
          },
        },
        ({ actor, query }) =>
          transaction(actor.workspaceId, async (tx) => {
            const page = await findImports(tx, query)
            return { ...page, items: page.items.map((one) => showImport(one, actor, now())) }
          }),
      )

      app.post(
        '/imports',
        {
          config,
          schema: {
            tags,
            summary: 'Upload a file to import (multipart, one part): CSV, XLSX, vCard or JSON',
            consumes: ['multipart/form-data'],
            querystring: z.object({ object: z.string().max(100).default('person') }),
            response: { 201: importCard },
          },
        },
        async (request, reply) => {
          const { actor } = request
          const { object } = request.query
          await transaction(actor.workspaceId, (tx) => describeImported(context, tx, actor, object))
          const part = request.isMultipart()
            ? await request.file({ limits: { fileSize: limits.fileBytes, files: 1 } })
            : undefined
          if (!part) throw new Problem('request.invalid', 422, 'Send one file as multipart/form-data.')
          const received = await files.receive(actor.workspaceId, whole(part))
          const file = await transaction(actor.workspaceId, (tx) =>
            files.keep(tx, { ...received, name: nameOfPart(part) || 'list', mime: part.mimetype }),
          )
          const sniffed = await lookInto(context, actor.workspaceId, file.id)
          const id = await transaction(actor.workspaceId, (tx) => use.add(tx, actor, { object, file, sniffed }))
          return reply.status(201).send(await transaction(actor.workspaceId, (tx) => shown(tx, actor, id)))
        },
      )

      app.get(
        '/imports/:id',
        { config, schema: { tags, summary: 'One import with its columns', params, response: { 200: importCard } } },
        ({ actor, params: { id } }) => transaction(actor.workspaceId, (tx) => shown(tx, actor, id)),
      )

      app.patch(
        '/imports/:id',
        {
          config,
          schema: {
            tags,
            summary: 'Say how a file is read, what its columns fill and by what rows are known',
            params,
            body: importPatch,
            response: { 200: importCard },
          },
        },
        async ({ actor, params: { id }, body }) => {
          const one = await transaction(actor.workspaceId, (tx) => known(tx, id))
          if (body.reading && !isOpen(one)) throw wrongState(one.state)
          const sniffed =
            body.reading &&
            (await lookInto(context, actor.workspaceId, one.fileId, { ...one.reading, ...given(body.reading) }))
          return transaction(actor.workspaceId, async (tx) => {
            await use.change(tx, actor, id, body, sniffed)
            return shown(tx, actor, id)
          })
        },
      )

      app.get(
        '/imports/:id/field-proposal',
        {
          config,
          schema: {
            tags,
            summary: 'The new field that a column could fill, by its values; for those who may describe fields',
            params,
            querystring: proposalQuery,
            response: { 200: fieldProposal },
          },
        },
        ({ actor, params: { id }, query: { column } }) => use.propose(actor, id, column),
      )

      app.post(
        '/imports/:id/fields',
        {
          config,
          schema: {
            tags,
            summary: 'Describe a new field and let a column fill it; it stays when the import is taken back',
            params,
            body: newField,
            response: { 200: importCard },
          },
        },
        async ({ actor, params: { id }, body }) => {
          await use.addField(actor, id, body)
          return transaction(actor.workspaceId, (tx) => shown(tx, actor, id))
        },
      )

      for (const [move, summary] of Object.entries(MOVES) as [keyof typeof MOVES, string][])
        app.post(
          `/imports/:id/${move}`,
          { config, schema: { tags, summary, params, response: { 200: importCard } } },
          ({ actor, params: { id } }) =>
            transaction(actor.workspaceId, async (tx) => {
              await use.move(tx, actor, id, move)
              return shown(tx, actor, id)
            }),
        )

      app.get(
        '/imports/:id/rows',
        {
          config,
          schema: {
            tags,
            summary: 'Rows of an import: what would become of them, or what became',
            params,
            querystring: importRowsQuery,
            response: { 200: pageOf(importRow) },
          },
        },
        ({ actor, params: { id }, query }) =>
          transaction(actor.workspaceId, async (tx) => {
            const one = await known(tx, id)
            const isDone = one.result !== null
            const page = await findShownRows(tx, id, { ...query, isDone })
            const told = forReader(await context.objects.questions(tx, actor), one)
            return { ...page, items: page.items.map((row) => showRow(told.row(row), isDone)) }
          }),
      )

      for (const [which, { outcome, summary }] of Object.entries(FILES))
        app.get(
          `/imports/:id/${which}`,
          {
            config,
            schema: {
              tags,
              summary,
              params,
              querystring: z.object({ locale: z.enum(['ru', 'en']).default('ru') }),
              produces: ['text/csv'],
            },
          },
          async ({ actor, params: { id }, query: { locale } }, reply) => {
            const { one, told } = await transaction(actor.workspaceId, async (tx) => {
              const found = await known(tx, id)
              return { one: found, told: forReader(await context.objects.questions(tx, actor), found) }
            })
            return reply
              .header('content-disposition', `attachment; filename="${which}.csv"`)
              .header('x-content-type-options', 'nosniff')
              .type('text/csv; charset=utf-8')
              .send(Readable.from(rowsFile(context.platform, actor.workspaceId, one, { outcome, locale, told })))
          },
        )
    },
    { prefix: '/api/v1' },
  )
}

/** The bytes of an uploaded file. @throws Problem `request.too_large` when there are more than an import takes */
async function* whole({ file }: MultipartFile): AsyncGenerator<Uint8Array> {
  for await (const piece of file as AsyncIterable<Uint8Array>) yield piece
  if (file.truncated)
    throw new Problem('request.too_large', 413, 'The file is too large.', { params: { maxBytes: limits.fileBytes } })
}

/** Only what is said: what is left out stays as it was. */
const given = <Part extends object>(part: Part) =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Part]?: Exclude<Part[Key], undefined>
  }
