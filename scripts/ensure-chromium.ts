import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const FIXED_PLACES = [
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
/** Chromium itself, and letters and signs that our pages show: Cyrillic and emoji. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-dejavu-core', 'fonts-noto-core', 'fonts-noto-color-emoji']

/** Path of a Chromium or Chrome: CHROMIUM_PATH, else the system's, else one that Playwright has brought. */
export function findChromium(): string | undefined {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted) {
    if (existsSync(wanted)) return wanted
    throw new Error(`CHROMIUM_PATH names ${wanted}, which does not exist.`)
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin', '/usr/local/bin')
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
  return [...onPath, ...FIXED_PLACES, ...ofPlaywright()].find((file) =>
    statSync(file, { throwIfNoEntry: false })?.isFile(),
  )
}

function ofPlaywright(): string[] {
  const folder =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith('chromium'))
    .flatMap((name) => [
      path.join(folder, name, 'chrome-linux64', 'chrome'),
      path.join(folder, name, 'chrome-linux', 'chrome'),
      path.join(folder, name, 'chrome-linux', 'headless_shell'),
      path.join(folder, name, 'chrome-mac', 'Chromium.app/Contents/MacOS/Chromium'),
    ])
}

/**
 * Finds a Chromium, or installs Debian's when this is Debian and we are root.
 *
 * @throws Error that says how to get one.
 */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) installFromDebian()
  const installed = findChromium()
  if (installed) return installed
  throw new Error('Browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to its program.')
}

function installFromDebian(): void {
  console.log('Installing Chromium from the Debian packages…')
  const run = (...args: string[]) =>
    execFileSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'pipe' })
  run('update', '-qq')
  run('install', '-y', '-qq', '--no-install-recommends', ...DEBIAN_PACKAGES)
}

if (import.meta.main) console.log(ensureChromium())
