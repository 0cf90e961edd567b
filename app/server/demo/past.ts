import { createCustomers } from '#modules/customers'
import { createInbox } from '#modules/inbox'
import type { Tx } from '#platform/server/database'
import { createMetrics } from '#platform/server/metrics'
import type { Platform } from '#platform/server/platform'
import type { Modules } from '../modules.ts'
import { operators } from './cast.ts'
import type { Office } from './office.ts'

/** Modules inside one transaction whose clock stands where each step of the story puts it, and which send nothing. */
export interface Past {
  readonly customers: Modules['customers']
  readonly channels: Pick<Modules['channels'], 'importChat'>
  readonly inbox: Modules['inbox']
  readonly tx: Tx
  /** Does a step as if it were then, with everybody at their desks. One step at a time. */
  at<Result>(then: Date, step: () => Promise<Result>): Promise<Result>
}

/** Opens the past in a transaction: the story is there as a whole or not at all. Jobs and events stay with the present. */
export function openPast(
  platform: Platform,
  modules: Pick<Modules, 'access' | 'objects' | 'channels'>,
  { office, tx }: { office: Office; tx: Tx },
): Past {
  let clock: Date | undefined
  const past: Platform = {
    ...platform,
    transaction: (_workspaceId, work) => work(tx),
    now: () => clock ?? platform.now(),
    jobs: { ...platform.jobs, handle: () => undefined, schedule: () => undefined },
    events: { ...platform.events, subscribe: () => undefined },
    // How fast the past goes by says nothing of this machine, and each measure has its name once.
    metrics: createMetrics(),
  }
  const everybody = Object.entries(operators).map(([key, { capacity }]) => {
    const { operatorId, name, teamIds } = office.operators[key as keyof typeof operators] // keys of the same record
    return { id: operatorId, name, capacity, teamIds: [...teamIds] }
  })
  // Between the steps nobody is there: the story says who takes what, not the routing.
  const access = { ...modules.access, presentOperators: async () => (clock ? everybody : []) }
  const channels = {
    ...modules.channels,
    setReceiver: () => undefined,
    onVisitorTyping: () => undefined,
    enqueueDelivery: async () => undefined,
  }
  const objects = { ...modules.objects, declare: () => undefined }
  const customers = createCustomers(past, { access, objects })
  return {
    tx,
    customers,
    channels,
    inbox: createInbox(past, { access, customers, channels, objects }),
    at: async (then, step) => {
      clock = then
      const result = await step()
      clock = undefined
      return result
    },
  }
}
