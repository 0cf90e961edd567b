import type { HealthPart } from '#platform/shared/health'
import type { Role } from './config.ts'
import type { HttpServer } from './http.ts'

/** What every module gives to the composition root. Doors extend it with what other modules may ask. */
export interface Module {
  readonly name: string
  /** Adds its HTTP routes; under `/api/v1` unless the address is meant for providers or customers. */
  routes?(http: HttpServer): void
  /** Opens connections and starts loops, once the database and the job queue stand. */
  start?(roles: ReadonlySet<Role>): Promise<void>
  /** Stops taking in, finishes what is under way; at most 10 s. */
  stop?(): Promise<void>
  /** How its parts are: those of one workspace in detail, or (null) the whole installation in numbers. */
  health?(workspaceId: string | null): Promise<HealthPart[]>
}
