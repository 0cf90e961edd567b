import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { loadSecretKey, parseSecretKey } from './secret-key.ts'

/** Parts of Okno that one process can run: `web` answers browsers and providers, `worker` runs jobs. */
export type Role = 'web' | 'worker'

/** Everything that the environment decides, checked once at start. */
export interface Config {
  /** 0 = any free port. */
  readonly port: number
  /** Absolute path of the folder that holds everything Okno keeps on this machine. */
  readonly dataDir: string
  /** Undefined = start the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined
  /** The same database without a pooler in between, for what needs a session: LISTEN, the job queue, migrations, backup. Undefined = `databaseUrl`. */
  readonly databaseDirectUrl: string | undefined
  /** Address under which people reach Okno, without a trailing slash. */
  readonly publicUrl: string
  readonly roles: ReadonlySet<Role>
  /** Inbound mail. `port: 0` = any free port; undefined = no SMTP server. Undefined `tls` = no STARTTLS. */
  readonly smtp: { readonly port: number } | undefined
  readonly tls: { readonly certPath: string; readonly keyPath: string } | undefined
  /** First administrator; what is undefined is made up at first start and printed. */
  readonly admin: { readonly email: string | undefined; readonly password: string | undefined }
  /** Fixed API key of the first administrator, for automation. */
  readonly apiKey: string | undefined
  /** True = fill an empty workspace with the demo company. */
  readonly demo: boolean
  /** 32 bytes from which secrets at rest are encrypted and tokens are signed. */
  readonly secretKey: Uint8Array
  readonly redisUrl: string | undefined
  readonly logLevel: LogLevel
  /** Port that answers monitoring and nothing else, in every role; undefined = none, `/metrics` is then on `port` only. */
  readonly monitorPort: number | undefined
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Environment that Okno cannot start with. The message has one line per variable and never shows a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const MAX_PORT = 65_535
const portNumber = (text: string) => (/^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT ? Number(text) : undefined)

const port = z.string().transform((text, context) => {
  const value = portNumber(text)
  if (value === undefined) context.addIssue(`must be a whole number from 0 to ${MAX_PORT}, got "${text}"`)
  return value ?? z.NEVER
})

const smtpPort = z.string().transform((text, context) => {
  if (text === 'off') return 'off' as const
  const value = portNumber(text)
  if (value === undefined) context.addIssue(`must be a whole number from 0 to ${MAX_PORT} or "off", got "${text}"`)
  return value ?? z.NEVER
})

const roles = z.string().transform((text, context) => {
  const names = text.split(',').map((name) => name.trim())
  const known = names.filter((name): name is Role => name === 'web' || name === 'worker')
  if (known.length !== names.length) context.addIssue(`must be "web", "worker" or "web,worker", got "${text}"`)
  return new Set(known)
})

const flag = z.string().transform((text, context) => {
  if (/^(1|true|yes|on)$/i.test(text)) return true
  if (/^(0|false|no|off)$/i.test(text)) return false
  context.addIssue(`must be 1 or 0, got "${text}"`)
  return z.NEVER
})

const address = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const secretKey = z.string().transform((text, context) => {
  const key = parseSecretKey(text)
  if (!key) context.addIssue('must be 32 bytes, written as 64 hexadecimal digits or as base64')
  return key ?? z.NEVER
})

const environment = z
  .object({
    PORT: port.default(8080),
    OKNO_DATA_DIR: z.string().default('./data'),
    DATABASE_URL: address(['postgres:', 'postgresql:']).optional(),
    DATABASE_DIRECT_URL: address(['postgres:', 'postgresql:']).optional(),
    OKNO_PUBLIC_URL: address(['http:', 'https:']).optional(),
    OKNO_ROLES: roles.default(new Set(['web', 'worker'])),
    OKNO_SMTP_PORT: smtpPort.default(2525),
    OKNO_TLS_CERT: z.string().optional(),
    OKNO_TLS_KEY: z.string().optional(),
    OKNO_ADMIN_EMAIL: z.email({ error: 'must be an e-mail address' }).toLowerCase().optional(),
    OKNO_ADMIN_PASSWORD: z
      .string()
      .min(8, 'must have at least 8 characters')
      .max(128, 'must have at most 128 characters')
      .optional(),
    OKNO_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 visible ASCII characters without spaces')
      .optional(),
    OKNO_DEMO: flag.default(true),
    OKNO_SECRET_KEY: secretKey.optional(),
    REDIS_URL: address(['redis:', 'rediss:']).optional(),
    OKNO_MONITOR_PORT: port.optional(),
    OKNO_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  })
  .superRefine((values, context) => {
    if (values.DATABASE_DIRECT_URL && !values.DATABASE_URL) {
      const message = 'must be set too, because DATABASE_DIRECT_URL is set'
      context.addIssue({ code: 'custom', path: ['DATABASE_URL'], message })
    }
    for (const [given, missing] of [
      ['OKNO_TLS_CERT', 'OKNO_TLS_KEY'],
      ['OKNO_TLS_KEY', 'OKNO_TLS_CERT'],
    ] as const) {
      if (values[given] && !values[missing]) {
        context.addIssue({ code: 'custom', path: [missing], message: `must be set too, because ${given} is set` })
      }
    }
  })

/** Names of all variables that Okno reads itself; the tracing library reads its own, which begin with OTEL_. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape)

/**
 * Turns the environment into a checked configuration. An empty variable counts as not set. Without `OKNO_SECRET_KEY` the
 * key comes from the data folder, where it is made once.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  )
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
    throw new ConfigError(`Okno cannot start with this environment:\n${lines.join('\n')}`)
  }

  const values = parsed.data
  const dataDir = isAbsolute(values.OKNO_DATA_DIR) ? values.OKNO_DATA_DIR : resolve(values.OKNO_DATA_DIR)
  return {
    port: values.PORT,
    dataDir,
    databaseUrl: values.DATABASE_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL,
    publicUrl: (values.OKNO_PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    roles: values.OKNO_ROLES,
    smtp: values.OKNO_SMTP_PORT === 'off' ? undefined : { port: values.OKNO_SMTP_PORT },
    tls:
      values.OKNO_TLS_CERT && values.OKNO_TLS_KEY
        ? { certPath: resolve(values.OKNO_TLS_CERT), keyPath: resolve(values.OKNO_TLS_KEY) }
        : undefined,
    admin: { email: values.OKNO_ADMIN_EMAIL, password: values.OKNO_ADMIN_PASSWORD },
    apiKey: values.OKNO_API_KEY,
    demo: values.OKNO_DEMO,
    secretKey: values.OKNO_SECRET_KEY ?? keyIn(dataDir),
    redisUrl: values.REDIS_URL,
    logLevel: values.OKNO_LOG_LEVEL,
    monitorPort: values.OKNO_MONITOR_PORT,
  }
}

/** @throws ConfigError when the folder cannot be used, or the key in it */
function keyIn(dataDir: string): Uint8Array {
  try {
    return loadSecretKey(dataDir)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (!('code' in error)) throw new ConfigError(error.message)
    throw new ConfigError(
      `OKNO_DATA_DIR ${dataDir} cannot be used: ${error.message}\n  Let the user of Okno read and write there, or name another folder.`,
    )
  }
}
