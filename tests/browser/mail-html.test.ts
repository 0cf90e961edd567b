import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sanitiseMailHtml } from '../../modules/channels/server/adapters/email/sanitise.ts'
import { mailPage } from '../../modules/inbox/server/mail-page.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { SEARCH_TIMEOUT_MS, search } from '../support/fuzz.ts'
import { hostileHtml } from '../support/hostile-html.ts'

let browser: TestBrowser
let page: Page
beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.context.newPage()
})
afterAll(() => browser?.close())

/** Runs in the browser: what these pages hold that could run, load or lead elsewhere. Nothing runs while it looks. */
const FIND = String.raw`(pages) => {
  const RUNS = 'script, svg, math, iframe, object, embed, form, input, button, meta[http-equiv], link, template, body base'
  return pages.flatMap((html) => {
    const parsed = new DOMParser().parseFromString(html, 'text/html')
    const bad = [...parsed.querySelectorAll(RUNS)].map((element) => element.outerHTML)
    for (const element of parsed.body.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const isAddress = /^(href|src|data-remote-src)$/.test(name)
        const isKnown = /^\s*(https?:|mailto:|tel:|data:image\/(png|jpeg|gif|webp);|\/files\/)/i.test(value)
        const isOddStyle = name === 'style' && /url\(|expression|@import|position/i.test(value)
        const runs = /^(on.*|srcdoc|srcset|formaction|action)$/i.test(name)
        if ((isAddress && !isKnown) || isOddStyle || runs) bad.push(name + '=' + value)
      }
    }
    return bad.map((what) => what + ' in ' + html)
  })
}`
const findDangers = (pages: string[]) => page.evaluate<string[]>(`(${FIND})(${JSON.stringify(pages)})`)

test('a browser finds nothing that runs in hostile mail once it is sanitised', { timeout: SEARCH_TIMEOUT_MS }, () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(hostileHtml, { minLength: 20, maxLength: 40 }),
      fc.boolean(),
      async (mails, withImages) => {
        const options = { cidUrl: (id: string) => `/files/${encodeURIComponent(id)}`, remoteImages: withImages }
        const pages = mails.map((html) => mailPage(sanitiseMailHtml(html, options), { withImages }))

        expect(await findDangers(pages)).toEqual([])
      },
    ),
    search({ runs: 25, limitMs: 3000 }),
  ),
)

test('what it looks for would be found', async () => {
  const dangers = [
    '<p><script>1</script>',
    '<p onclick="x">',
    '<a href="javascript:x">x</a>',
    '<p style="background:url(x)">',
  ]

  expect(await findDangers(dangers)).toHaveLength(4)
})
