import { z } from 'zod'

const file = z.object({ id: z.uuid(), name: z.string(), mime: z.string(), sizeBytes: z.number() })

/** Who writes, as the chat knew it at that moment. */
const visitor = z.object({
  /** Also the id of the visitor's thread. */
  id: z.uuid(),
  /** Typed by the visitor. */
  email: z.string().optional(),
  /** Vouched for by the host page's server; its signature was checked when the visitor connected. */
  identity: z
    .object({
      id: z.string(),
      name: z.string().optional(),
      email: z.string().optional(),
      phone: z.string().optional(),
    })
    .optional(),
})
export type RawVisitor = z.infer<typeof visitor>

const page = z.object({ url: z.string().optional(), title: z.string().optional(), referrer: z.string().optional() })

/** What the chat hands over to be stored as an arrival, as JSON. Written by Okno itself, so it is read strictly. */
export const chatArrival = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    key: z.string(),
    visitor,
    text: z.string(),
    files: z.array(file),
    page: page.optional(),
  }),
  z.object({ type: z.literal('email'), visitor, email: z.string() }),
  z.object({ type: z.literal('receipt'), state: z.enum(['delivered', 'read']), messageIds: z.array(z.uuid()) }),
])
export type ChatArrival = z.infer<typeof chatArrival>
