import type { Guard } from './guard.ts'
import { CHANNELS, CHAT, EMAIL, WEBHOOKS } from './places.ts'

/** Who writes, calls or comes back, and is not who they say. */
export const senders: readonly Guard[] = [
  {
    threat: 'Forged webhooks',
    guard: 'HMAC over the raw body',
    file: `${CHANNELS}/adapters/api/signature.ts`,
    remove: ["return timingSafeEqual(expected, Buffer.from(given, 'hex'))", 'return expected.length > 0'],
    test: `${CHANNELS}/intake.test.ts`,
    name: 'true signature',
  },
  {
    threat: 'Forged webhooks',
    guard: 'a signature is good for five minutes',
    file: `${CHANNELS}/adapters/api/signature.ts`,
    remove: ['const TOLERANCE_SECONDS = 300', 'const TOLERANCE_SECONDS = 1e12'],
    test: `${CHANNELS}/intake.test.ts`,
    name: 'true signature',
  },
  {
    threat: 'Forged webhooks',
    guard: 'what webhooks are told is signed over id, time and body',
    file: 'platform/server/webhooks.ts',
    remove: ["createHmac('sha256', key)", "createHmac('sha256', 'known')"],
    test: WEBHOOKS,
    name: 'arrives signed',
  },
  {
    threat: 'Forged visitors',
    guard: 'visitor tokens are signed',
    file: `${CHAT}/visitor-token.ts`,
    remove: [
      "if (!isEqual(secrets.sign(PURPOSE, body), Buffer.from(signature, 'base64url'))) return null",
      'if (!signature) return null',
    ],
    test: `${CHAT}/chat-admission.test.ts`,
    name: 'forged tokens',
  },
  {
    threat: 'Forged visitors',
    guard: 'a token counts for its account only',
    file: `${CHAT}/visitor-token.ts`,
    remove: ['a !== accountId || ', ''],
    test: `${CHAT}/chat-admission.test.ts`,
    name: 'forged tokens',
  },
  {
    threat: 'Forged visitors',
    guard: 'who the host page says it is, is signed by its server',
    file: `${CHAT}/signed-identity.ts`,
    remove: ['given.length !== expected.length || !timingSafeEqual(given, expected)', 'given.length === 0'],
    test: `${CHAT}/chat-admission.test.ts`,
    name: 'any other proves nothing',
  },
  {
    threat: 'Forged visitors',
    guard: 'files of a chat have signed addresses',
    file: `${CHAT}/visitor-token.ts`,
    remove: ['until * DAY_MS > +now && isEqual(', 'until * DAY_MS > +now || isEqual('],
    test: `${CHAT}/chat-files.test.ts`,
    name: 'no changed address',
  },
  {
    threat: 'Taking over a card by typing somebody’s address',
    guard: 'what is typed proves nothing',
    file: 'modules/customers/server/identity.ts',
    remove: ['add(key, proven && isWellFormed)', 'add(key, proven || isWellFormed)'],
    test: 'modules/customers/server/identify.test.ts',
    name: 'never finds or joins',
  },
  {
    threat: 'Getting into a conversation by a guessed reply address',
    guard: 'reply addresses are signed',
    file: `${EMAIL}/reply-address.ts`,
    remove: [
      "if (!timingSafeEqual(given, Buffer.from(mac(key, payload), 'latin1'))) return null",
      'if (given.length === 0) return null',
    ],
    test: `${EMAIL}/reply-address.test.ts`,
  },
  {
    threat: 'Somebody else’s identity',
    guard: 'only administrators say that the addresses of a list are proven',
    file: 'modules/exchange/server/import/change-import.ts',
    remove: ['isProven && !mayProve(actor, one.object)', 'false'],
    test: 'modules/exchange/server/import/import.test.ts',
    name: 'word of an administrator',
  },
  {
    threat: 'Somebody else’s identity',
    guard: 'a row joins no card by what only a stranger typed',
    file: 'modules/customers/server/import/plan-person.ts',
    remove: [' && holder.believed', ''],
    test: 'modules/exchange/server/import/import.test.ts',
    name: 'stranger typed joins nobody',
  },
]
