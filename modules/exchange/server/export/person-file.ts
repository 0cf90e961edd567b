import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Tx } from '#platform/server/database'
import { findFiles } from '#platform/server/files.queries'
import type { PersonalDataPart, Subject } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import type { MakeContent } from './make-export.ts'
import { personOrder } from './order-export.ts'
import { type PersonData, personPage } from './person-page.ts'

export interface PersonUses {
  parts(): readonly PersonalDataPart[]
  subjectOf(tx: Tx, id: string): Promise<(Subject & { name: string }) | undefined>
  businessWorkspace(tx: Tx): Promise<{ name: string; locale: 'ru' | 'en' }>
}

/** Everything that every module keeps of one person, in one archive: a page to read, the same for programs, and the files. */
export const personFile = ({ transaction, files, now }: Platform, uses: PersonUses): MakeContent =>
  async function* ({ made, actor, tell }) {
    const { personId } = personOrder.parse(made.order)
    const { data, locale } = await transaction(actor.workspaceId, async (tx) => {
      const subject = await uses.subjectOf(tx, personId)
      if (!subject) throw new Problem('customers.person_not_found', 404, 'There is no such person.')
      const { name: company, locale } = await uses.businessWorkspace(tx)
      const sections = new Map<string, Readonly<Record<string, unknown>>[]>()
      const fileIds = new Set<string>()
      for (const part of uses.parts()) {
        for await (const page of part.tell(tx, subject)) {
          sections.set(page.section, [...(sections.get(page.section) ?? []), ...page.rows])
          for (const id of page.fileIds ?? []) fileIds.add(id)
        }
      }
      const data: PersonData = { name: subject.name, company, madeAt: now(), sections, files: new Map() }
      return { data: { ...data, files: await namesOf(tx, [...fileIds]) }, locale }
    })
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from(personPage(data, locale)), 'index.html')
    zip.addBuffer(Buffer.from(asJson(data)), 'person.json')
    for (const [id, name] of data.files) {
      zip.addReadStreamLazy(`files/${name}`, (open) => {
        transaction(actor.workspaceId, (tx) => files.load(tx, id)).then(
          ({ content }) => open(null, Readable.from([Buffer.from(content)])),
          (error: Error) => open(error, Readable.from([])),
        )
      })
    }
    zip.end()
    yield* zip.outputStream as AsyncIterable<Buffer>
    await tell({ done: [...data.sections.values()].reduce((sum, rows) => sum + rows.length, 0) })
  }

/** Names under which files lie in the archive: their own, numbered, because two may be called alike. */
async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await findFiles(tx, ids)
  return new Map(found.map(({ id, name }, i) => [id, `${i + 1} ${name}`]))
}

function asJson({ name, company, madeAt, sections, files }: PersonData): string {
  return JSON.stringify(
    { person: name, keptBy: company, madeAt, files: Object.fromEntries(files), ...Object.fromEntries(sections) },
    null,
    2,
  )
}
