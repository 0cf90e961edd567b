import './tables.ts'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Module } from '#platform/server/module'
import type { Platform } from '#platform/server/platform'
import type { Capabilities } from '../contract/capabilities.ts'
import { acceptRaw } from './accept-raw.ts'
import { createAccountDirectory } from './account-directory.ts'
import { accountRoutes } from './account-routes.ts'
import { openSecrets } from './account-secrets.ts'
import { createAccountSupervisor } from './account-supervisor.ts'
import { findAccounts } from './accounts.queries.ts'
import { adapters as allAdapters } from './adapters/index.ts'
import { createArrivalReader } from './arrival-reader.ts'
import { arrivalRoutes } from './arrival-routes.ts'
import { changeDelivery } from './change-delivery.ts'
import { channelHealth } from './channel-health.ts'
import { createChannelMetrics } from './channel-metrics.ts'
import { createChatGateway } from './chat/chat-gateway.ts'
import { createChatProvider } from './chat/chat-provider.ts'
import { importChat } from './chat/import-chat.ts'
import { createSender } from './deliver.ts'
import { deliverJob, enqueueDelivery } from './enqueue-delivery.ts'
import { fileRoutes } from './file-routes.ts'
import { formRoutes } from './form/form-routes.ts'
import { inRoutes } from './in-routes.ts'
import { createMailIntake } from './mail-intake.ts'
import { measuredAccept } from './measured-accept.ts'
import { accountObject } from './objects.queries.ts'
import { createOpenAccounts } from './open-accounts.ts'
import { chatPersonalData, eraseArrivals, eraseDeliveries, findArrivalsWith } from './personal-data.queries.ts'
import { readArrivals, readArrivalsJob } from './read-arrivals.ts'
import { receiveWebhook } from './receive-webhook.ts'
import type { Receiver } from './receiver.ts'
import { recordDeliveryFact } from './record-delivery-fact.ts'
import { resend } from './resend.ts'
import { createSandbox } from './sandbox/sandbox.ts'
import { sandboxOffRoutes } from './sandbox/sandbox-off-routes.ts'
import { sandboxRoutes } from './sandbox/sandbox-routes.ts'
import { troubledAccept } from './sandbox/troubled-accept.ts'
import { createAccount, type Teams, updateAccount, verifyAccountJob } from './save-account.ts'
import { stopDeliveries } from './stop-deliveries.ts'
import { storeArrivals } from './store-arrivals.ts'
import { createSweeps } from './sweeps.ts'
import { verifyAccount } from './verify-account.ts'

export type { Sender as FactSender } from './channel-adapter.ts'
export type { NewDelivery } from './enqueue-delivery.ts'
export type { ChangedDelivery, Received, ReceivedFact, ReceivedFile, ReceivedMessage, Receiver } from './receiver.ts'

/** An account as other modules see it. */
export interface AccountSummary {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly address: string | null
  readonly teamId: string | null
  readonly isEnabled: boolean
  readonly capabilities: Capabilities
}

/** What channels ask of the module that knows operators and teams. */
interface Access extends Teams {
  presentOperators(tx: Tx): Promise<readonly { name: string; teamIds: readonly string[] }[]>
}

export type Channels = ReturnType<typeof createChannels>

/** Ways in and out: accounts of channels, raw arrivals, deliveries, the site chat. */
export function createChannels(platform: Platform, { access }: { access: Access }) {
  let receiver: Receiver | undefined
  const theReceiver = () => {
    if (!receiver) throw new Error('Nobody receives what channels bring: call setReceiver while modules are created.')
    return receiver
  }
  const adapters = new Map(
    allAdapters({ chat: createChatProvider(platform) }).map((adapter) => [adapter.kind, adapter]),
  )
  const metrics = createChannelMetrics(platform)
  const accounts = createOpenAccounts(platform, adapters)
  const directory = createAccountDirectory(platform)
  const change = changeDelivery(platform, theReceiver)
  const store = storeArrivals(platform, {
    receiver: theReceiver,
    recordDeliveryFact: recordDeliveryFact(change),
    metrics,
  })
  const read = readArrivals(platform, { accounts, store, metrics })
  const reader = createArrivalReader(platform, read)
  const sender = createSender(platform, { accounts, change, metrics })
  const sweeps = createSweeps(platform, { accounts, change, sender, askForReading: reader.ask })
  const use = {
    createAccount: createAccount(platform, { adapters, accounts, teams: access }),
    updateAccount: updateAccount(platform, { adapters, accounts, teams: access }),
    verifyAccount: verifyAccount(platform, accounts),
  }
  const sandbox = platform.config.demo ? createSandbox(platform, use) : undefined
  const acceptMeasured = measuredAccept(acceptRaw(platform, reader.ask), metrics)
  const accept = sandbox ? troubledAccept(acceptMeasured, sandbox.intakeOf) : acceptMeasured
  const supervisor = createAccountSupervisor(platform, { accounts, accept })
  metrics.onListeners(() => supervisor.listening().length)
  const mail = createMailIntake(platform, accept)
  metrics.onMailConnections(mail.connections)
  const chat = createChatGateway(platform, {
    accept,
    presentOperators: (tx) => access.presentOperators(tx),
    findAccount: async (key) => {
      const row = await directory.byKey(key)
      if (row?.kind !== 'webchat') return null
      const config = openSecrets(row.config, (sealed) => platform.secrets.open(sealed, row.id))
      return { workspaceId: row.workspaceId, accountId: row.id, teamId: row.teamId, config }
    },
  })

  platform.jobs.handle(readArrivalsJob, ({ accountId }, { workspaceId, signal }) =>
    read({ workspaceId, accountId }, signal),
  )
  platform.jobs.handle(deliverJob, async ({ accountId }, { workspaceId }) => sender.wake({ workspaceId, accountId }))
  platform.jobs.handle(verifyAccountJob, async ({ accountId }, { workspaceId }) => {
    await use.verifyAccount({ workspaceId, accountId })
  })

  return {
    name: 'channels',
    /** What the registry of objects knows of accounts. */
    objects: [accountObject],
    /** What the site chat keeps of people; arrivals and deliveries are for the module that knows whose they are: */
    personalData: chatPersonalData(platform.files.forget),
    /** Ids of arrivals that hold one of these addresses. Reads them all. */
    findArrivalsWith,
    /** Empties raw arrivals and takes the words out of their keys; they cannot be read again. Number of rows. */
    eraseArrivals,
    /** Empties messages that were sent; those that wait never leave. Number of rows. */
    eraseDeliveries,
    stopDeliveries: stopDeliveries(change),
    ...use,
    /** Takes the one seat of those who turn facts into conversations. */
    setReceiver: (next: Receiver) => {
      receiver = next
    },
    /** Queues a message in the caller's transaction; its fate comes back by `Receiver.deliveriesChanged`. */
    enqueueDelivery: enqueueDelivery(platform, sender.sendSoon),
    resend: resend(platform, change),
    /** Stores raw input of an account as if its provider had handed it over. */
    accept,
    /** The given accounts, or all that are in use or may be again. */
    accounts: async (tx: Tx, ids?: readonly string[]): Promise<Map<string, AccountSummary>> => {
      const rows = await findAccounts(tx, ids)
      return new Map(
        rows.map((row) => {
          const { id, name, kind, address, teamId } = row
          const isEnabled = row.isEnabled && row.archivedAt === null
          return [id, { id, name, kind, address, teamId, isEnabled, capabilities: accounts.capabilitiesOf(row) }]
        }),
      )
    },
    importChat,
    /** In a demo, leads the answers of an account to the sandbox: customers on this machine. Nothing otherwise. */
    leadToSandbox: async (workspaceId: string, accountId: string): Promise<void> => {
      await sandbox?.adopt(workspaceId, accountId)
    },
    notifyTyping: chat.notifyTyping,
    onVisitorTyping: chat.onVisitorTyping,
    visitorPresence: chat.presence,
    routes: (http: HttpServer) => {
      accountRoutes(platform, http, { adapters, accounts, ...use })
      arrivalRoutes(platform, http, reader.ask)
      fileRoutes(platform, http)
      inRoutes(http, receiveWebhook(platform, { directory, accounts, accept, metrics }))
      formRoutes(platform, http, { directory, accept })
      chat.routes(http)
      if (sandbox) sandboxRoutes(platform, http, { sandbox, smtpPort: mail.port })
      else sandboxOffRoutes(http)
    },
    health: (workspaceId: string | null) => channelHealth(platform, mail.port(), workspaceId),
    /** Port of the built-in mail server, where one runs. */
    smtpPort: mail.port,
    start: async (roles) => {
      if (roles.has('web')) {
        chat.start()
        await mail.start()
        await sandbox?.start()
      }
      if (roles.has('worker')) {
        sender.start()
        supervisor.start()
        await sweeps.start()
      }
    },
    stop: async () => {
      chat.stop()
      sweeps.stop()
      await Promise.all([mail.stop(), supervisor.stop(), sender.stop(), reader.stop()])
      await sandbox?.stop()
      await accounts.close()
    },
  } satisfies Module & Record<string, unknown>
}
