import { type ChannelFact, type FileRef, type RawInput, type Sender, Unreadable } from '../../channel-adapter.ts'
import { type ChatArrival, chatArrival, type RawVisitor } from './raw.ts'

/** Raw chat input to facts. Pure. @throws Unreadable when the bytes are not what the chat writes. */
export function normalise(raw: RawInput): ChannelFact[] {
  const arrival = parse(raw)
  switch (arrival.type) {
    case 'message':
      return [
        {
          type: 'message',
          id: `${arrival.visitor.id}:${arrival.key}`,
          threads: [arrival.visitor.id],
          direction: 'in',
          from: senderOf(arrival.visitor),
          to: [],
          sentAt: raw.receivedAt,
          text: arrival.text,
          files: arrival.files.map(toFileRef),
          context: contextOf(arrival.page),
        },
      ]
    case 'email':
      // A notification: the operator sees it in the thread, and no clock starts because of it.
      return [
        {
          type: 'message',
          id: raw.key,
          threads: [arrival.visitor.id],
          direction: 'in',
          from: senderOf({ ...arrival.visitor, email: arrival.email }),
          to: [],
          sentAt: raw.receivedAt,
          text: `✉ ${arrival.email}`,
          files: [],
          automatic: 'notification',
          context: { leftEmail: arrival.email },
        },
      ]
    case 'receipt':
      return arrival.messageIds.map((id) => ({ type: 'delivery', id, state: arrival.state }))
  }
}

function parse(raw: RawInput): ChatArrival {
  try {
    return chatArrival.parse(JSON.parse(Buffer.from(raw.body).toString('utf8')))
  } catch (cause) {
    throw new Unreadable('This is not what the site chat writes.', { cause })
  }
}

function senderOf({ id, email, identity }: RawVisitor): Sender {
  const identities: { kind: Sender['identities'][number]['kind']; value: string; proven: boolean }[] = [
    { kind: 'visitor', value: id, proven: true },
  ]
  if (identity) {
    identities.push({ kind: 'external', value: identity.id, proven: true })
    if (identity.email) identities.push({ kind: 'email', value: identity.email, proven: true })
    if (identity.phone) identities.push({ kind: 'phone', value: identity.phone, proven: true })
  }
  if (email && email !== identity?.email) identities.push({ kind: 'email', value: email, proven: false })
  return { address: id, identities, ...(identity?.name ? { name: identity.name } : {}) }
}

const toFileRef = ({
  id,
  name,
  mime,
  sizeBytes,
}: {
  id: string
  name: string
  mime: string
  sizeBytes: number
}): FileRef => ({
  name,
  mime,
  sizeBytes,
  ref: id,
  inline: false,
})

/** Where the visitor was, and the campaign tags (`utm_…`) of that address. */
function contextOf(page: { url?: string | undefined; title?: string | undefined; referrer?: string | undefined } = {}) {
  const context: Record<string, string> = {}
  if (page.url) context.page = page.url
  if (page.title) context.pageTitle = page.title
  if (page.referrer) context.referrer = page.referrer
  for (const [name, value] of (page.url && URL.parse(page.url)?.searchParams) || []) {
    if (/^utm_[a-z]{1,20}$/.test(name)) context[name] = value.slice(0, 200)
  }
  return context
}
