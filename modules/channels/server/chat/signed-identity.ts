import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const claims = z.object({
  id: z.union([z.string().min(1).max(200), z.int()]).transform(String),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase())
    .optional()
    .catch(undefined),
  /** Only in E.164, because nobody will parse it later. */
  phone: z
    .string()
    .transform((phone) => phone.replaceAll(/[\s()-]/g, ''))
    .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/))
    .optional()
    .catch(undefined),
  /** Seconds since 1970. */
  exp: z.number(),
})
export type SignedIdentity = Omit<z.infer<typeof claims>, 'exp'>

/**
 * Reads who the host page's server says its visitor is: `identity` = base64url of `{id, name?, email?, phone?, exp}`, `signature` =
 * HMAC-SHA256 of that text with the account's identity secret, as hex or base64url. An expired one still tells which visitor
 * this is (pages stay open for hours) but proves nothing anew. Null = not signed with this secret, or unreadable.
 */
export function readSignedIdentity(
  { identity, signature, secret }: { identity: string; signature: string; secret: string },
  now: Date,
): { identity: SignedIdentity; isExpired: boolean } | null {
  const expected = createHmac('sha256', secret).update(identity).digest()
  const given = Buffer.from(signature, /^[0-9a-f]{64}$/i.test(signature) ? 'hex' : 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const read = claims.safeParse(parseJson(Buffer.from(identity, 'base64url').toString('utf8')))
  if (!read.success) return null
  const { exp, ...person } = read.data
  return { identity: person, isExpired: exp * 1000 <= +now }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
