import { type Logger, pino } from 'pino'
import { logOutput } from './log-output.ts'
import { isTracing, traceFields } from './tracing.ts'

/** One event, one line, fields not prose. Never message texts or secrets. */
export type Log = Logger

const SECRET_FIELDS = ['password', 'secret', 'token', 'authorization', 'cookie', 'apiKey', 'privateKey']
/** Where an error of PostgreSQL tells the values of the row that it refused. */
const ROW_FIELDS = ['err.detail', 'err.where', 'err.aggregateErrors[*].detail', 'err.aggregateErrors[*].where']

/** Structured log on standard output. Secrets are cut out by name at the first three levels of any logged object, people's words from errors. */
export const createLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      ...(isTracing() ? { mixin: traceFields } : {}),
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [...ROW_FIELDS, ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])],
        censor: '[secret]',
      },
    },
    logOutput(process.stdout.fd),
  )
