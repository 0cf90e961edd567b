import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/ensure-chromium.ts'

/** Switches for a Chromium that tests start: no sandbox as root, and no talk with anybody but the page's own server. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser with an empty profile of its own: one person at one computer. */
export interface TestBrowser {
  readonly context: BrowserContext
  close(): Promise<void>
}

export interface BrowserOptions {
  /** BCP 47; default Russian, in which the product is shown by default. */
  readonly locale?: string
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** Default true. */
  readonly javaScriptEnabled?: boolean
}

/** @throws Error when no Chromium is found; `npm test` brings one where it can. */
export async function openBrowser(options: BrowserOptions = {}): Promise<TestBrowser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium found. Install one or set CHROMIUM_PATH.')
  const profile = await mkdtemp(path.join(tmpdir(), 'okno-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    // Without a language of the machine Chromium saves what is called in Cyrillic as "download".
    env: { ...process.env, LANG: 'C.UTF-8' },
    args: ARGUMENTS,
    locale: options.locale ?? 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    javaScriptEnabled: options.javaScriptEnabled ?? true,
  })
  // Many reach their Okno by plain http in the office, where browsers leave this out.
  await context.addInitScript('delete Crypto.prototype.randomUUID')
  return {
    context,
    close: async () => {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
