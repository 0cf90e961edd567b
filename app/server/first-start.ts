import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Platform } from '#platform/server/platform'
import { seedDemo } from './demo.ts'
import type { Modules } from './modules.ts'

/** A made-up password must outlive the start that made it: the terminal may be gone before anybody has read it. */
const PASSWORD_FILE = 'first-password.txt'

/** Makes the workspace with its administrator on an empty database, and the demo company unless it is left out. Returns what to print. */
export async function firstStart({ access, ...modules }: Modules, platform: Platform): Promise<string[]> {
  const { config } = platform
  const file = path.join(config.dataDir, PASSWORD_FILE)
  const first = await access.ensureWorkspace({ name: config.demo ? 'Северный дом' : 'Okno', admin: config.admin })
  if (!first.created) {
    return [existsSync(file) ? `Sign in as before. The first password is in ${file}` : 'Sign in as before.']
  }
  const lines = [`Sign in as ${first.email} with the password ${first.password ?? 'from OKNO_ADMIN_PASSWORD'}`]
  if (first.password) await keep(file, [`${first.email}  ${first.password}`])
  if (config.demo) {
    const { emails, password } = await seedDemo({ access, ...modules }, platform, first.workspaceId)
    lines.push(
      `A demo company was filled in; OKNO_DEMO=0 on an empty data folder leaves it out.`,
      `Its people sign in too, such as ${emails.join(' and ')}, with the password ${password}`,
    )
    if (first.password)
      await keep(file, [`${first.email}  ${first.password}`, ...emails.map((email) => `${email}  ${password}`)])
  }
  if (first.password)
    lines.push(`Kept in ${file} for you to read once more: delete it when you have changed the password.`)
  return lines
}

async function keep(file: string, lines: readonly string[]) {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
}
