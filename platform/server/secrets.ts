import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Encryption at rest and derived signing keys, all from the one `OKNO_SECRET_KEY`. */
export interface Secrets {
  /** AES-256-GCM. `context` (such as the account's id) is authenticated: a value copied into another row does not open. */
  seal(plain: string, context: string): string
  /** @throws Error when the value was changed, moved to another context or sealed with another key. */
  open(sealed: string, context: string): string
  /** A key for one purpose, such as `visitor token`: a leak of one does not weaken another. 32 bytes. */
  keyFor(purpose: string): Uint8Array
  /** HMAC-SHA256 with the key of that purpose. */
  sign(purpose: string, text: string): Buffer
}

const VERSION = 'v1'

/** @param secretKey 32 bytes */
export function createSecrets(secretKey: Uint8Array): Secrets {
  const keyFor = (purpose: string) => new Uint8Array(hkdfSync('sha256', secretKey, '', `okno ${purpose}`, 32))
  const atRest = keyFor('encryption at rest')
  return {
    keyFor,
    sign: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest(),
    seal: (plain, context) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', atRest, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [
        VERSION,
        nonce.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        body.toString('base64url'),
      ].join('.')
    },
    open: (sealed, context) => {
      const [version, nonce, tag, body] = sealed.split('.')
      if (version !== VERSION || !nonce || !tag || body === undefined) throw new Error('Not a sealed value.')
      // A shorter tag would be easier to hit by chance.
      const options = { authTagLength: 16 }
      const decipher = createDecipheriv('aes-256-gcm', atRest, Buffer.from(nonce, 'base64url'), options)
        .setAAD(Buffer.from(context))
        .setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
    },
  }
}
