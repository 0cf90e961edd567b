import { apiDocs } from '../../app/server/api-docs.ts'
import { healthRoutes } from '../../app/server/health.ts'
import { createModules } from '../../app/server/modules.ts'
import { readConfig } from '../../platform/server/config.ts'
import { eventStream } from '../../platform/server/events-stream.ts'
import type { Module } from '../../platform/server/module.ts'
import { openPlatform } from '../../platform/server/platform.ts'
import type { ApiDescription } from './schema.ts'

/** The OpenAPI document as a running Okno gives it out, without a database: routes are described before anything is asked. */
export async function apiDescription(): Promise<ApiDescription> {
  const config = readConfig({ OKNO_SECRET_KEY: '07'.repeat(32), OKNO_LOG_LEVEL: 'silent' })
  const platform = openPlatform(config, 'postgres://nobody@127.0.0.1:1/nothing')
  const modules: Module[] = Object.values(createModules(platform))
  for (const module of modules) module.routes?.(platform.http)
  eventStream(platform)
  healthRoutes(platform, modules)
  apiDocs(platform.http)
  await platform.http.ready()
  return platform.http.swagger() as unknown as ApiDescription
}
