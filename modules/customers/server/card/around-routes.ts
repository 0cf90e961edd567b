import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import {
  consentDraft,
  note,
  noteDraft,
  notePatch,
  preferenceDraft,
  relationDraft,
  withdrawal,
} from '../../contract/around.ts'
import { brief } from '../../contract/brief.ts'
import { consentUses } from './consents.ts'
import { noteUses } from './notes.ts'
import type { PersonSource } from './person-source.ts'
import { readBrief } from './read-brief.ts'
import { relationUses } from './relations.ts'

const params = z.object({ id: z.uuid() })
const done = { 204: z.null() }
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }

/** What stands around a person's card: the brief, notes, relations, consents and wishes. */
export function aroundRoutes(
  http: HttpServer,
  platform: Platform,
  { sources }: { sources: readonly PersonSource[] },
): void {
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) =>
    platform.transaction(actor.workspaceId, work)
  const { addNote, changeNote, removeNote } = noteUses(platform)
  const { relatePeople, partPeople } = relationUses(platform)
  const { giveConsent, withdrawConsent, setPreference } = consentUses(platform)
  const tellBrief = readBrief(platform, sources)

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()
      const tags = ['people']

      app.get(
        '/people/:id/brief',
        {
          config: read,
          schema: {
            tags,
            summary: 'A person in five seconds: the last matter, what was promised, what to do next',
            params,
            response: { 200: brief },
          },
        },
        ({ actor, params: { id } }) => inWorkspace(actor, (tx) => tellBrief(tx, actor, id)),
      )

      app.post(
        '/people/:id/notes',
        {
          config: edit,
          schema: { tags, summary: 'Write a note about a person', params, body: noteDraft, response: { 201: note } },
        },
        async ({ actor, params: { id }, body }, reply) =>
          reply.status(201).send(await inWorkspace(actor, (tx) => addNote(tx, actor, { ...body, personId: id }))),
      )

      app.patch(
        '/notes/:id',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Change the words of an own note, or pin any',
            params,
            body: notePatch,
            response: { 200: note },
          },
        },
        ({ actor, params: { id }, body }) => inWorkspace(actor, (tx) => changeNote(tx, actor, id, body)),
      )

      app.delete(
        '/notes/:id',
        { config: edit, schema: { tags, summary: 'Take an own note away', params, response: done } },
        async ({ actor, params: { id } }, reply) => {
          await inWorkspace(actor, (tx) => removeNote(tx, actor, id))
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/people/:id/relations',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Say what another person is to this one; the other card shows it turned round',
            params,
            body: relationDraft,
            response: done,
          },
        },
        async ({ actor, params: { id }, body }, reply) => {
          await inWorkspace(actor, (tx) => relatePeople(tx, actor, id, body))
          return reply.status(204).send(null)
        },
      )

      app.delete(
        '/relations/:id',
        { config: edit, schema: { tags, summary: 'Take a relation away, from both cards', params, response: done } },
        async ({ actor, params: { id } }, reply) => {
          await inWorkspace(actor, (tx) => partPeople(tx, actor, id))
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/people/:id/consents',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Enter a consent into the ledger: on what ground, in which words',
            params,
            body: consentDraft,
            response: done,
          },
        },
        async ({ actor, params: { id }, body }, reply) => {
          await inWorkspace(actor, (tx) => giveConsent(tx, actor, id, body))
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/consents/:id/withdraw',
        {
          config: edit,
          schema: { tags, summary: 'Enter that a consent was withdrawn', params, body: withdrawal, response: done },
        },
        async ({ actor, params: { id }, body }, reply) => {
          await inWorkspace(actor, (tx) => withdrawConsent(tx, actor, id, body))
          return reply.status(204).send(null)
        },
      )

      app.put(
        '/people/:id/preferences',
        {
          config: edit,
          schema: {
            tags,
            summary: 'What a person wishes of one channel for one purpose; null forgets it',
            params,
            body: preferenceDraft,
            response: done,
          },
        },
        async ({ actor, params: { id }, body }, reply) => {
          await inWorkspace(actor, (tx) => setPreference(tx, actor, id, body))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
