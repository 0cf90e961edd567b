import type { Role } from './config.ts'
import type { HttpServer } from './http.ts'

/** One part of the product whose state the health page names. */
export interface HealthPart {
  readonly part: string
  readonly isHealthy: boolean
  /** What is wrong and what to do about it, in one sentence. */
  readonly detail?: string
}

/** What every module gives to the composition root. Doors extend it with what other modules may ask. */
export interface Module {
  readonly name: string
  /** Adds its HTTP routes; under `/api/v1` unless the address is meant for providers or customers. */
  routes?(http: HttpServer): void
  /** Opens connections and starts loops, once the database and the job queue stand. */
  start?(roles: ReadonlySet<Role>): Promise<void>
  /** Stops taking in, finishes what is under way; at most 10 s. */
  stop?(): Promise<void>
  health?(): Promise<HealthPart[]>
}
