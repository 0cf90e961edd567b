import { z } from 'zod'
import { operatorChanged, presenceChanged, teamChanged, workspaceChanged } from '#modules/access/contract'
import { accountChanged } from '#modules/channels/contract'
import { companyChanged, personChanged, personCreated, taskChanged, taskDue } from '#modules/customers/contract'
import { conversationChanged, messageAdded, messageChanged } from '#modules/inbox/contract'
import { descriptionChanged, recordChanged } from '#modules/objects/contract'
import { changes } from '#platform/shared/changes'
import type { EventDefinition } from '#platform/shared/events'
import type { EventType } from '../../contract/index.ts'

/** An event that webhooks can be told of. */
export interface PublicEvent {
  readonly name: string
  readonly version: number
  readonly about: string
  /** Deliveries of one object go out in order: its kind, and the field of the event that holds its id (null = there is only one). */
  readonly lane: readonly [kind: string, key: string | null]
  /** Kind of the object that goes with the payload. */
  readonly object: string | null
  /** Where the API shows that object, below `/api/v1`. */
  pathOf(data: unknown): string | null
  readonly data: z.ZodType
}

const told = <Data>(
  event: EventDefinition<Data>,
  of: {
    about: string
    lane: readonly [kind: string, key: (keyof Data & string) | null]
    object?: string
    path?: (data: Data) => string
  },
): PublicEvent => ({
  name: event.name,
  version: 1,
  about: of.about,
  lane: of.lane,
  object: of.object ?? null,
  pathOf: (data) => of.path?.(event.data.parse(data)) ?? null,
  data: event.data,
})

const person = (about: string) => ({
  about,
  lane: ['person', 'personId'] as const,
  object: 'person',
  path: ({ personId }: { personId: string }) => `/people/${personId}`,
})
const message = (about: string) => ({
  about,
  lane: ['conversation', 'conversationId'] as const,
  object: 'message',
  path: ({ messageId }: { messageId: string }) => `/messages/${messageId}`,
})

/** Everything that can be told, by name. `npm run check` asks for each that stands neither here nor in `INNER_EVENTS`. */
export const publicEvents: ReadonlyMap<string, PublicEvent> = new Map(
  [
    told(personCreated, person('A card of a person was opened.')),
    told(personChanged, person('Something on a card changed: fields, identities, companies, owner, stage.')),
    told(taskChanged, person('A task on a card was made, changed, done, opened again or taken back.')),
    told(taskDue, person('The time of a task on a card has come.')),
    told(companyChanged, {
      about: 'A company was opened or changed.',
      lane: ['company', 'companyId'],
      object: 'company',
      path: ({ companyId }) => `/companies/${companyId}`,
    }),
    told(conversationChanged, {
      about: 'A conversation was opened (`isNew`) or changed: status, owner, team, tags, due times.',
      lane: ['conversation', 'conversationId'],
      object: 'conversation',
      path: ({ conversationId }) => `/conversations/${conversationId}`,
    }),
    told(messageAdded, message('A message, note or event stands in a conversation.')),
    told(messageChanged, message('The delivery state, the text or the files of a message changed.')),
    told(recordChanged, {
      about: "A record of one of the company's own objects was made, changed or archived.",
      lane: ['record', 'recordId'],
      object: 'record',
      path: ({ object, recordId }) => `/objects/${object}/records/${recordId}`,
    }),
    told(descriptionChanged, {
      about: 'Fields or objects were described anew.',
      lane: ['description', 'object'],
    }),
    told(operatorChanged, { about: 'An operator was added, changed or archived.', lane: ['operator', 'operatorId'] }),
    told(presenceChanged, {
      about: 'Somebody became able to take conversations, or no longer is.',
      lane: ['operator', 'operatorId'],
    }),
    told(teamChanged, { about: 'A team was made, changed or removed.', lane: ['team', 'teamId'] }),
    told(workspaceChanged, { about: 'Name, language or time zone of the company changed.', lane: ['workspace', null] }),
    told(accountChanged, {
      about: 'An account of a channel was changed, began to fail or works again.',
      lane: ['account', 'accountId'],
    }),
  ].map((event) => [event.name, event]),
)

/** Events between modules that say nothing to others, each with the reason. */
export const INNER_EVENTS: Readonly<Record<string, string>> = {
  'channels.facts_arrived': 'counts work; what arrived is told by inbox.message_added',
  'channels.delivery_changed': 'told by inbox.message_changed, with its conversation',
  'channels.chat_answer_unseen': 'a step on the way to a mail that is told by itself',
  'customers.layout_changed': 'how cards are laid out on screens; nothing of customers',
  'objects.bulk_edit_changed': 'how far a bulk edit has come; what it changes is told object by object',
  'exchange.import_moved': 'how far an import has come; what it makes and changes is told card by card',
  'integrations.webhook_changed': 'would tell a webhook of its own log',
}

/** What goes out in the body, the same for every type. */
export const payloadOf = ({ name, version, data, object }: Pick<PublicEvent, 'name' | 'version' | 'data' | 'object'>) =>
  z.object({
    id: z.string().describe('The same over all tries and replays: what was taken once may be dropped.'),
    type: z.literal(name),
    version: z.literal(version),
    timestamp: z.iso.datetime().describe('When it happened.'),
    workspaceId: z.uuid(),
    actor: z.object({ operatorId: z.uuid().nullable(), name: z.string() }).describe('Who did it; null is Okno itself.'),
    data,
    changes: changes
      .nullable()
      .describe(
        'Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed.',
      ),
    object: object
      ? z
          .unknown()
          .describe(
            `The ${object} as the API shows it when the payload is first sent; null when it is gone or left out.`,
          )
      : z.null(),
  })

export const eventTypes = (): EventType[] =>
  [...publicEvents.values()].map((event) => ({
    type: event.name,
    version: event.version,
    about: event.about,
    object: event.object,
    schema: z.toJSONSchema(payloadOf(event)) as Record<string, unknown>,
  }))

/** Sent on request, to see whether the way stands. */
export const TEST_TYPE = 'integrations.test'
