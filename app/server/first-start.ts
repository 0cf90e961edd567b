import type { Platform } from '#platform/server/platform'
import { seedDemo } from './demo.ts'
import type { Modules } from './modules.ts'

/** Makes the workspace with its administrator on an empty database, and the demo company unless it is left out. Returns what to print. */
export async function firstStart({ access, ...modules }: Modules, platform: Platform): Promise<string[]> {
  const { config } = platform
  const first = await access.ensureWorkspace({ name: config.demo ? 'Северный дом' : 'Okno', admin: config.admin })
  if (!first.created) return ['Sign in as before.']
  const lines = [
    `Sign in as ${first.email}${first.password ? ` with the password ${first.password}` : ' with the password from OKNO_ADMIN_PASSWORD'}`,
  ]
  if (config.demo) {
    const { emails, password } = await seedDemo({ access, ...modules }, platform, first.workspaceId)
    lines.push(
      `A demo company was filled in; OKNO_DEMO=0 on an empty data folder leaves it out.`,
      `Its people sign in too, such as ${emails.join(' and ')}, with the password ${password}`,
    )
  }
  return lines
}
