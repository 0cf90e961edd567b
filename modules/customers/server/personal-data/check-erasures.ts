import { z } from 'zod'
import { defineJob } from '#platform/server/jobs'
import type { PersonalDataPart, Subject } from '#platform/server/personal-data'
import { findMentions, forgetJobs } from '#platform/server/personal-data.queries'
import type { Platform } from '#platform/server/platform'
import type { Secrets } from '#platform/server/secrets'
import { saveCheck } from './erasures.queries.ts'

const subjectSchema = z.object({
  personId: z.uuid(),
  cards: z.array(z.uuid()),
  identities: z.array(z.object({ kind: z.string(), scope: z.string(), value: z.string() })),
  words: z.array(z.string()),
})

/** Who is looked for is sealed: it must not lie in the queue in clear. */
export const checkJob = defineJob('customers.check_erasure', z.object({ erasureId: z.uuid(), sealed: z.string() }))

export const sealSubject = (secrets: Secrets, { personId, cards, identities, words }: Subject, erasureId: string) =>
  secrets.seal(JSON.stringify({ personId, cards, identities, words }), erasureId)

/**
 * Goes over an erasure once more, in a job: takes away what came in while it ran, and jobs that still speak of the person; then looks through
 * everything for what names them. That is told in the proof, for somebody to judge: words of others about this person are not ours to take away.
 */
export function checkErasures(
  { jobs, database, transaction, secrets, now }: Platform,
  parts: () => readonly PersonalDataPart[],
): void {
  jobs.handle(checkJob, async ({ erasureId, sealed }, { workspaceId }) => {
    const subject = subjectSchema.parse(JSON.parse(secrets.open(sealed, erasureId)))
    await transaction(workspaceId, async (tx) => {
      for (const part of parts()) await part.keepOut?.(tx)
      for (const part of parts()) await part.erase(tx, subject, now())
    })
    await forgetJobs(database.pool, workspaceId, subject.words)
    const mentions = await transaction(workspaceId, (tx) => findMentions(tx, subject.words))
    await transaction(workspaceId, (tx) => saveCheck(tx, erasureId, mentions, now()))
  })
}
