import { z } from 'zod'
import { describeTool, findTool } from './find-tool.ts'
import { type AskApi, defineTool, type Tool } from './tool.ts'

const id = z.uuid()
const limit = z.number().int().min(1).max(50).default(10)
const query = (given: Record<string, string | number | undefined>) => {
  const known = Object.entries(given).filter(([, value]) => value !== undefined)
  return new URLSearchParams(known.map(([key, value]) => [key, String(value)]))
}
const itemsOf = (page: unknown) => (page as { items: unknown[] }).items

const search = defineTool({
  name: 'search',
  title: 'Search',
  description: 'Finds people and companies by part of a name, phone, e-mail or note, or conversations by their words.',
  isReading: true,
  input: z.strictObject({ what: z.enum(['customers', 'conversations']), words: z.string().min(1).max(200), limit }),
  run: async (ask, { what, words, limit }) => {
    if (what === 'customers') return itemsOf(await ask('GET', `/search?${query({ q: words, limit })}`))
    return itemsOf(await ask('GET', `/conversations?${query({ q: words, limit, sort: 'recent' })}`))
  },
})

const readCard = defineTool({
  name: 'read_card',
  title: 'Read a card',
  description: 'The card of a person or company with its latest history. Give the id that a search found.',
  isReading: true,
  input: z.strictObject({ object: z.enum(['person', 'company']), id }),
  run: async (ask, { object, id }) => {
    const path = `${object === 'person' ? '/people' : '/companies'}/${id}`
    const card = await ask('GET', path)
    return { card, history: itemsOf(await ask('GET', `${path}/timeline?limit=20`)) }
  },
})

const readConversation = defineTool({
  name: 'read_conversation',
  title: 'Read a conversation',
  description: 'A conversation with its latest messages and notes, oldest of them first.',
  isReading: true,
  input: z.strictObject({ id, limit: limit.default(20) }),
  run: async (ask, { id, limit }) => {
    const conversation = await ask('GET', `/conversations/${id}`)
    const messages = itemsOf(await ask('GET', `/conversations/${id}/messages?limit=${limit}`))
    return { conversation, messages: messages.map(asText) }
  },
})

/** A message without its HTML: the text says the same. */
function asText(message: unknown) {
  const { html: _, quoted: __, ...rest } = message as Record<string, unknown>
  return rest
}

const addNote = defineTool({
  name: 'add_note',
  title: 'Add a note',
  description: 'Writes a note for colleagues on a person or in a conversation. Customers never see it.',
  isReading: false,
  input: z.strictObject({
    on: z.enum(['person', 'conversation']),
    id,
    text: z.string().trim().min(1).max(20_000),
  }),
  run: (ask, { on, id, text }) =>
    ask('POST', `${on === 'person' ? '/people' : '/conversations'}/${id}/notes`, { text }),
})

const createTask = defineTool({
  name: 'create_task',
  title: 'Create a task',
  description: 'Puts a task on a person: what is to be done, until when, by whom (nobody given = the caller).',
  isReading: false,
  input: z.strictObject({
    personId: id,
    title: z.string().trim().min(1).max(500),
    dueAt: z.iso.datetime({ offset: true }).optional(),
    assigneeId: id.optional(),
  }),
  run: (ask: AskApi, { personId, ...task }) => ask('POST', `/people/${personId}/tasks`, task),
})

/** Every tool, reading ones first. */
export const tools: readonly Tool[] = [search, readCard, readConversation, describeTool, findTool, addNote, createTask]
