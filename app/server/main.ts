import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError, readConfig } from '#platform/server/config'
import { startEmbeddedPostgres } from '#platform/server/embedded-postgres'
import { createLog } from '#platform/server/log'
import { migrate } from '#platform/server/migrate'
import { startTracing } from '#platform/server/start-tracing'
import { startWithPatience } from '#platform/server/wait-for-database'
import { firstStart } from './first-start.ts'
import { type OknoServer, startServer } from './server.ts'

/** Starts one process of Okno: configuration, database, migrations, roles. Everything it started ends with it. */
async function main() {
  const config = readConfig(process.env)
  const tracing = await startTracing(process.env)
  const log = createLog(config.logLevel)
  if (config.roles.has('web')) await assertPortIsFree(config.port)

  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({
        dataDir: config.dataDir,
        onRestart: (lastWords) => log.error({ lastWords }, 'postgres ended and was started again'),
      })
  let okno: OknoServer | undefined
  let isStopping = false
  const stop = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'stopping')
    await okno?.stop()
    await tracing?.stop()
    await embedded?.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop('SIGINT'))
  process.on('SIGTERM', () => void stop('SIGTERM'))
  // The start script holds a channel to us: its end says that the script was killed and nobody will tell us to stop.
  process.on('disconnect', () => void stop('disconnect'))

  try {
    const databaseUrl = config.databaseUrl ?? embedded?.url
    if (!databaseUrl) throw new Error('No database')
    const welcome: string[] = []
    const port = config.roles.has('web') ? config.port : undefined
    okno = await startWithPatience(
      async () => {
        await migrate(config.databaseDirectUrl ?? databaseUrl, { log })
        return await startServer(config, databaseUrl, {
          prepare: async (modules, platform) => {
            welcome.push(...(await firstStart(modules, platform)))
          },
        })
      },
      { log, port },
    )
    log.info({ roles: [...config.roles], url: config.publicUrl, ms: Math.round(performance.now()) }, 'ready')
    if (config.roles.has('web')) {
      console.log(`\n  Okno is ready:  ${config.publicUrl}\n${welcome.map((line) => `  ${line}\n`).join('')}`)
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/** An Okno that was just told to end frees its port within this time. */
const PORT_PATIENCE_MS = 3_000

/** Finding out before anything else runs saves the person a database start and a stack trace. */
async function assertPortIsFree(port: number) {
  if (port === 0) return
  const deadline = Date.now() + PORT_PATIENCE_MS
  for (;;) {
    const code = await tryPort(port)
    if (code === undefined) return
    if (code === 'EADDRINUSE' && Date.now() < deadline) await delay(100)
    else throw new ConfigError(whyNoPort(port, code))
  }
}

const whyNoPort = (port: number, code: string) => {
  if (code === 'EADDRINUSE')
    return `Port ${port} is already taken by another program. Stop it, or choose another port: PORT=8081 npm start`
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user. Choose one above 1023: PORT=8080 npm start`
  return `Port ${port} cannot be opened: ${code}`
}

/** Undefined when the port could be opened, else the system's code for why not. */
const tryPort = (port: number) =>
  new Promise<string | undefined>((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, '0.0.0.0', () => probe.close(() => resolve(undefined)))
  })

main().catch((error: unknown) => {
  if (error instanceof ConfigError) console.error(`\n  ${error.message}\n`)
  else console.error(error)
  process.exit(1)
})
