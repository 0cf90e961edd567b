import type { HealthPart } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import { countTroubles } from './health.queries.ts'

/** What an administrator should know of channels: failing accounts, unreadable arrivals, answers that wait for long. */
export async function channelHealth({ database }: Platform): Promise<HealthPart[]> {
  const { failing, unreadable, stuck } = await database.system(countTroubles)
  return [
    part('channel accounts', failing, `${failing} failing: see settings, channels, for the reason of each.`),
    part('arrivals', unreadable, `${unreadable} could not be read: see GET /api/v1/arrivals?state=unreadable.`),
    part('deliveries', stuck, `${stuck} wait for more than an hour: the messages say why.`),
  ]
}

const part = (name: string, count: number, detail: string): HealthPart =>
  count === 0 ? { part: name, isHealthy: true } : { part: name, isHealthy: false, detail }
