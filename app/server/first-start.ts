import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Platform } from '#platform/server/platform'
import { lockDemo } from './demo/demo.queries.ts'
import { type Demo, seedDemo } from './demo.ts'
import type { Modules } from './modules.ts'

/** A made-up password must outlive the start that made it: the terminal may be gone before anybody has read it. */
const PASSWORD_FILE = 'first-password.txt'
/** Lies there until the demo company is complete: a start that was cut off is taken up again by the next one. */
const UNFINISHED = 'demo-unfinished'

/** Makes the workspace with its administrator on an empty database, and the demo company unless it is left out. Returns what to print. */
export async function firstStart(modules: Modules, platform: Platform): Promise<string[]> {
  const { config } = platform
  const passwords = path.join(config.dataDir, PASSWORD_FILE)
  const unfinished = path.join(config.dataDir, UNFINISHED)
  const first = await modules.access.ensureWorkspace({
    name: config.demo ? 'Северный дом' : 'Okno',
    admin: config.admin,
    beforeCommit: async ({ email, password }) => {
      if (password) await keep(passwords, [`${email}  ${password}`])
      if (config.demo) await keep(unfinished, [])
      else await rm(unfinished, { force: true })
    },
  })
  const demo = config.demo ? await finishDemo(unfinished, modules, platform, first.workspaceId) : undefined
  if (demo && existsSync(passwords)) {
    const [admin = ''] = (await readFile(passwords, 'utf8')).split('\n')
    await keep(passwords, [admin, ...demo.emails.map((email) => `${email}  ${demo.password}`)])
  }

  const lines = first.created
    ? [`Sign in as ${first.email} with the password ${first.password ?? 'from OKNO_ADMIN_PASSWORD'}`]
    : [existsSync(passwords) ? `Sign in as before. The first password is in ${passwords}` : 'Sign in as before.']
  if (demo) {
    lines.push(
      `A demo company was filled in; OKNO_DEMO=0 on an empty data folder leaves it out.`,
      `Its people sign in too, such as ${demo.emails.join(' and ')}, with the password ${demo.password}`,
    )
  }
  if (first.password)
    lines.push(`Kept in ${passwords} for you to read once more: delete it when you have changed the password.`)
  return lines
}

/** Fills in the demo company where that was begun and not ended. Resolves to undefined where nothing is left to do. */
async function finishDemo(
  unfinished: string,
  modules: Modules,
  platform: Platform,
  workspaceId: string,
): Promise<Demo | undefined> {
  if (!existsSync(unfinished)) return undefined
  return platform.database.system(async (tx) => {
    await lockDemo(tx)
    // Another process may have been at it until now.
    if (!existsSync(unfinished)) return undefined
    const demo = await seedDemo(modules, platform, workspaceId)
    await rm(unfinished)
    return demo
  })
}

async function keep(file: string, lines: readonly string[]) {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, lines.map((line) => `${line}\n`).join(''), { mode: 0o600, flush: true })
}
