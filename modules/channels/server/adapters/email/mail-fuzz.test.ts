import fc from 'fast-check'
import { expect, test } from 'vitest'
import { processorMs, SEARCH_TIMEOUT_MS, search } from '../../../../../tests/support/fuzz.ts'
import { hostileHtml } from '../../../../../tests/support/hostile-html.ts'
import { hostileMail, oddText } from '../../../../../tests/support/hostile-mail.ts'
import type { ChannelFact } from '../../channel-adapter.ts'
import { normaliseMail } from './normalise.ts'
import { splitHtmlReply, splitReply } from './quoted-text.ts'
import { sanitiseMailHtml } from './sanitise.ts'

const own = { address: 'support@example.com', key: new Uint8Array(32).fill(3) }
const receivedAt = new Date('2026-12-31T12:00:00Z')

/** Linear work on a slow machine stays far below; a pattern that takes quadratic time goes far above. */
const allowedMs = (bytes: number) => 1500 + bytes / 50

const read = (body: Uint8Array): Promise<ChannelFact[]> =>
  normaliseMail({ key: 'k', receivedAt, headers: { 'envelope-from': 'e@f.example', 'envelope-to': 'x' }, body }, own)

test('hostile mail gives facts, in time that grows with its size', { timeout: SEARCH_TIMEOUT_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(hostileMail, async (mail) => {
      let facts: ChannelFact[] = []
      const spentMs = await processorMs(async () => {
        facts = await read(mail)
      })

      expect(spentMs, `${mail.length} bytes`).toBeLessThan(allowedMs(mail.length))
      expect(facts.length).toBeGreaterThan(0)
      for (const fact of facts) if (fact.type === 'message') expect(fact.from.address).toMatch(/^[^\s@]+@[^\s@]+$/)
      expect(JSON.stringify(facts).isWellFormed()).toBe(true)
      expect(await read(mail)).toEqual(facts)
    }),
    search({ runs: 250 }),
  )
})

test('quotes are cut out of any text and HTML in time that grows with its size', { timeout: SEARCH_TIMEOUT_MS }, () =>
  fc.assert(
    fc.asyncProperty(fc.oneof(oddText, hostileHtml), async (text) => {
      const spentMs = await processorMs(async () => {
        splitReply(text)
        splitHtmlReply(text)
        sanitiseMailHtml(text, { cidUrl: () => '/file' })
      })

      expect(spentMs, `${text.length} characters`).toBeLessThan(allowedMs(text.length))
    }),
    search({ runs: 250, limitMs: 2000 }),
  ),
)

test('nothing that runs or leads elsewhere is left of hostile HTML, however often it is sanitised', {
  timeout: SEARCH_TIMEOUT_MS,
}, () => {
  const options = { cidUrl: (id: string) => `/files/${encodeURIComponent(id)}`, remoteImages: true }
  fc.assert(
    fc.property(hostileHtml, (html) => {
      const once = sanitiseMailHtml(html, options)

      for (const left of [once, sanitiseMailHtml(once, options)]) {
        expect(left).not.toMatch(FORBIDDEN_TAG)
        expect(left).not.toMatch(/<[^<>]*\s(?:on\w+|srcdoc|srcset|formaction|action|background|ping)\s*=/i)
        expect(left).not.toMatch(
          /<[^<>]*(?:href|src)="\s*(?!https?:|mailto:|tel:|data:image\/(?:png|jpeg|gif|webp);|\/files\/)/i,
        )
      }
    }),
    search({ runs: 500, limitMs: 2000 }),
  )
})
const FORBIDDEN_TAG = /<\/?(?:script|style|svg|math|iframe|object|embed|form|input|base|meta|link|template|noscript)\b/i
