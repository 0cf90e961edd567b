import { z } from 'zod'

/**
 * "This is from someone else": whose it is, and what follows. `message`: this one message. `conversation`: all of it, and what comes into it.
 * `address`: that too, and everything that comes by the address of the message from now on.
 */
export const personMove = z
  .strictObject({
    scope: z.enum(['message', 'conversation', 'address']),
    /** Of which message it was said; needed for `message` and `address`. */
    messageId: z.uuid().optional(),
    /** A card that is there, or the name of a new one. */
    personId: z.uuid().optional(),
    name: z.string().trim().min(1).max(300).optional(),
  })
  .refine(({ personId, name }) => (personId === undefined) !== (name === undefined), {
    path: ['personId'],
    message: 'Either a card or the name of a new one',
  })
  .refine(({ scope, messageId }) => scope === 'conversation' || messageId !== undefined, {
    path: ['messageId'],
    message: 'Which message it is about',
  })
export type PersonMove = z.infer<typeof personMove>

/** Who may be writing in a conversation, by the address of the last message. */
export const speakers = z.object({
  address: z
    .object({ id: z.uuid(), personId: z.uuid(), kind: z.string(), value: z.string(), isShared: z.boolean() })
    .nullable(),
  /** Those who hold the address, then those who live with them. */
  people: z.array(z.object({ id: z.uuid(), name: z.string(), why: z.enum(['address', 'household']) })),
  /** Names of two people or more under which the address is used; empty when all may be one person. */
  names: z.array(z.string()),
  can: z.object({ move: z.boolean() }),
})
export type Speakers = z.infer<typeof speakers>
