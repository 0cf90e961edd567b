import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { freePort } from '#platform/server/free-port'
import { type BrowserOptions, openBrowser } from './browser.ts'
import { ADMIN, type TestOkno, testPlatform } from './platform.ts'

/** Okno as people reach it with a browser: at its public address, with its mail server. */
export interface BrowserOkno extends TestOkno {
  readonly smtpPort: number
}

export async function startForBrowsers(env: Record<string, string> = {}): Promise<BrowserOkno> {
  const [port, smtpPort] = [await freePort(), await freePort()]
  const okno = await testPlatform({
    env: { PORT: String(port), OKNO_PUBLIC_URL: `http://127.0.0.1:${port}`, OKNO_SMTP_PORT: String(smtpPort), ...env },
  })
  return { ...okno, smtpPort }
}

/** One person at one computer. `errors` collects what the browser complained about. */
export interface Person {
  readonly page: Page
  readonly errors: string[]
  leave(): Promise<void>
}

/** Opens a page in a browser of its own. */
export async function openPage(url: string, options: BrowserOptions = {}): Promise<Person> {
  const { context, close } = await openBrowser(options)
  const page = context.pages()[0] ?? (await context.newPage())
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // Whoever is not signed in yet is told so; Chromium writes that down by itself.
    if (message.type() === 'error' && !/401 \(Unauthorized\)/.test(message.text())) errors.push(message.text())
  })
  await page.goto(url)
  return { page, errors, leave: close }
}

/** The administrator, signed in through the screen. */
export async function openWindow(
  okno: TestOkno & { platform: BrowserOkno['platform'] },
  options: BrowserOptions = {},
): Promise<Person> {
  const person = await openPage(okno.platform.config.publicUrl, options)
  const { page } = person
  await page.locator('input[type=email]').fill(ADMIN.email)
  await page.locator('input[type=password]').fill(ADMIN.password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  return person
}

/** Holds back what the server answers to one request of a kind, until it is let go; what comes later goes its way. */
export async function holdAnswer(page: Page, address: string, method: string) {
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>()
  const { promise: isAsked, resolve: ask } = Promise.withResolvers<void>()
  let isFirst = true
  await page.route(address, async (route) => {
    if (!isFirst || route.request().method() !== method) return await route.fallback()
    isFirst = false
    const response = await route.fetch()
    ask()
    await isLetGo
    await route.fulfill({ response })
  })
  return { isAsked, letGo }
}

/** Writes into the open conversation by keyboard alone: `r` answers, `n` notes, Ctrl+Enter sends. */
export async function write(page: Page, key: 'r' | 'n', text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: key === 'r' ? 'Ответ' : 'Заметка' })
  await page.getByRole('textbox', { name: /Ответ|Заметка/ }).waitFor()
  // Single keys are commands only outside of text boxes.
  await page.evaluate('document.activeElement?.blur()')
  await page.keyboard.press(key)
  await box.and(page.locator(':focus')).waitFor()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A script, because these files know no browser: asks Axe, and once more when something moved meanwhile. */
const LOOK = `(async () => {
  for (;;) {
    // What still fades in is paler than it will be. A spinner never ends, so it is not waited for.
    const fading = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
    await Promise.allSettled(fading.map((one) => one.finished))
    let hasMoved = false
    // A notice comes or goes.
    const note = () => { hasMoved = true }
    document.addEventListener('transitionrun', note)
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    document.removeEventListener('transitionrun', note)
    if (violations.length === 0 || !hasMoved)
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' ')))
  }
})()`

/** What keeps somebody out of this page by WCAG 2.2 A and AA: rule and element, empty when nothing does. */
export async function barriers(page: Page): Promise<string[]> {
  // A list that is being read anew is paler than it will be.
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate(AXE)
  return await page.evaluate<string[]>(LOOK)
}
