import type { PersonSource } from '#modules/customers'
import { findMatters, findTalkFiles } from './person-source.queries.ts'

/** What conversations say about a person: for the brief and the files of the card. Nothing to those who may not read them. */
export const personSource: PersonSource = {
  matters: async (tx, actor, people) => (actor.can('inbox.read') ? findMatters(tx, actor, people) : []),
  files: async (tx, actor, people) => (actor.can('inbox.read') ? findTalkFiles(tx, actor, people) : []),
}
