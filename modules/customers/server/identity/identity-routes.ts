import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import { enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import {
  candidate,
  candidatesQuery,
  decided,
  decisions,
  identityMove,
  identityPatch,
  matching,
  matchingSettings,
  merge,
  mergeDraft,
  trial,
  trialQuery,
} from '../../contract/identity.ts'
import type { Fields } from '../list-customers.ts'
import { decidePairs } from './decide-pairs.ts'
import { forReader } from './for-reader.ts'
import { listCandidates } from './list-candidates.ts'
import { findMatching, saveMatching, stopScan } from './matching-state.queries.ts'
import { mergePeople } from './merge-people.ts'
import { findMembers, findMerges, findShownId } from './merges.queries.ts'
import { moveIdentity } from './move-identity.ts'
import { countRules, judgeAnew, tryThresholds } from './pairs.queries.ts'
import { beginScan } from './scan-cards.ts'
import { shareIdentity } from './share-identity.ts'
import { unmergePeople } from './unmerge-people.ts'
import { scanJob } from './watch-cards.ts'

const tags = ['identity']
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }
const manage = { access: 'customers.manage' }
const byId = z.object({ id: z.uuid() })
const ofIdentity = byId.extend({ identityId: z.uuid() })

/** `/candidates`, `/merges`, `/matching` and what can be done with one identity. */
export function identityRoutes(http: HttpServer, platform: Platform, { objects }: { objects: Fields }): void {
  const { transaction, now } = platform
  const use = {
    merge: mergePeople(platform),
    unmerge: unmergePeople(platform),
    decide: decidePairs(platform),
    share: shareIdentity(platform),
    move: moveIdentity(platform),
  }
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) => transaction(actor.workspaceId, work)
  const tell = async (tx: Tx, actor: Actor) => {
    const { model, cursor: _, heldUntil: _held, ...state } = await findMatching(tx)
    const rules = await countRules(tx)
    return { ...state, learnedFrom: model?.cards ?? 0, rules, can: { edit: actor.can('customers.manage') } }
  }
  const readerOf = async (tx: Tx, actor: Actor) => forReader(await objects.questions(tx, actor))
  const mergeOf = async (tx: Tx, actor: Actor, id: string) => {
    const [found] = await findMerges(tx, { id })
    if (!found) throw new Problem('customers.merge_not_found', 404, `There is no merge ${id}.`)
    return (await readerOf(tx, actor)).merge(found)
  }

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/candidates',
        {
          config: read,
          schema: {
            tags,
            summary: 'Pairs of cards that may be one person, likeliest first, with what speaks for and against it',
            querystring: candidatesQuery,
            response: { 200: pageOf(candidate) },
          },
        },
        ({ actor, query }) =>
          inWorkspace(actor, async (tx) => {
            const reader = await readerOf(tx, actor)
            const { items, nextCursor } = await listCandidates(tx, query)
            return { items: items.map(reader.candidate), nextCursor }
          }),
      )

      app.post(
        '/candidates/decisions',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Decide several pairs: one person, or two',
            body: decisions,
            response: { 200: decided },
          },
        },
        ({ actor, body }) => use.decide(actor, body),
      )

      app.get(
        '/merges',
        {
          config: read,
          schema: {
            tags,
            summary: 'Merges that a card is made of, also those that were undone, newest first',
            querystring: z.object({ personId: z.uuid() }),
            response: { 200: pageOf(merge) },
          },
        },
        ({ actor, query }) =>
          inWorkspace(actor, async (tx) => {
            const shownId = await findShownId(tx, query.personId)
            if (!shownId) throw new Problem('customers.person_not_found', 404, `There is no person ${query.personId}.`)
            const reader = await readerOf(tx, actor)
            const found = await findMerges(tx, { members: await findMembers(tx, shownId) })
            return { items: found.map(reader.merge), nextCursor: null }
          }),
      )

      app.post(
        '/merges',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Join two cards: both stay, one is shown',
            body: mergeDraft,
            response: { 201: merge },
          },
        },
        async ({ actor, body }, reply) => {
          const made = await inWorkspace(actor, async (tx) => {
            const reader = await readerOf(tx, actor)
            reader.assertKnown(body.choices)
            return mergeOf(tx, actor, await use.merge(tx, actor, body))
          })
          return reply.status(201).send(made)
        },
      )

      app.post(
        '/merges/:id/undo',
        {
          config: edit,
          schema: { tags, summary: 'Take a merge apart', params: byId, response: { 200: merge } },
        },
        ({ actor, params }) =>
          inWorkspace(actor, async (tx) => {
            await use.unmerge(tx, actor, params.id)
            return mergeOf(tx, actor, params.id)
          }),
      )

      app.patch(
        '/people/:id/identities/:identityId',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Say that several people use a phone or mailbox, or that one does',
            params: ofIdentity,
            body: identityPatch,
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id, identityId }, body: { shared } }, reply) => {
          await inWorkspace(actor, (tx) => use.share(tx, actor, { personId: id, identityId, shared }))
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/people/:id/identities/:identityId/move',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Give an identity to another card',
            params: ofIdentity,
            body: identityMove,
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id, identityId }, body: { toPersonId } }, reply) => {
          await inWorkspace(actor, (tx) => use.move(tx, actor, { personId: id, identityId, toPersonId }))
          return reply.status(204).send(null)
        },
      )

      app.get(
        '/matching',
        {
          config: read,
          schema: {
            tags,
            summary: 'How cards are compared: thresholds, what was learned, precision of each rule, the scan',
            response: { 200: matching },
          },
        },
        ({ actor }) => inWorkspace(actor, (tx) => tell(tx, actor)),
      )

      app.put(
        '/matching',
        {
          config: manage,
          schema: { tags, summary: 'Set the thresholds', body: matchingSettings, response: { 200: matching } },
        },
        ({ actor, body }) =>
          inWorkspace(actor, async (tx) => {
            if (body.review > body.auto)
              throw new Problem('customers.thresholds', 422, 'Asking begins below joining by itself, not above.')
            await saveMatching(tx, body)
            await judgeAnew(tx, body)
            await audit(tx, actor, { action: 'customers.matching_changed', object: 'workspace', details: { ...body } })
            return tell(tx, actor)
          }),
      )

      app.get(
        '/matching/trial',
        {
          config: manage,
          schema: {
            tags,
            summary: 'Where other thresholds would have put the pairs that people decided',
            querystring: trialQuery,
            response: { 200: trial },
          },
        },
        ({ actor, query }) => inWorkspace(actor, (tx) => tryThresholds(tx, query)),
      )

      app.delete(
        '/matching/scan',
        {
          config: manage,
          schema: { tags, summary: 'Stop comparing all cards', response: { 204: z.null() } },
        },
        async ({ actor }, reply) => {
          await inWorkspace(actor, (tx) => stopScan(tx, now()))
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/matching/scan',
        {
          config: manage,
          schema: {
            tags,
            summary: 'Compare all cards with each other, in the background',
            response: { 202: matching },
          },
        },
        async ({ actor }, reply) => {
          const state = await inWorkspace(actor, async (tx) => {
            const { scan } = await findMatching(tx)
            if (scan?.state !== 'running') await saveMatching(tx, { scan: beginScan(now()) })
            const lane = `identity ${tx.workspaceId}`
            enqueue(tx, scanJob, {}, { key: `scan ${tx.workspaceId}`, queue: lane, priority: 10 })
            return tell(tx, actor)
          })
          return reply.status(202).send(state)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
