import './tables.ts'
import { operatorChanged, presenceChanged, teamChanged } from '#modules/access/contract'
import { chatAnswerUnseen } from '#modules/channels/contract'
import type { Objects } from '#modules/objects'
import type { HttpServer } from '#platform/server/http'
import { timed } from '#platform/server/metrics'
import type { Module } from '#platform/server/module'
import type { PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import { traced } from '#platform/server/tracing'
import { addNote } from './add-note.ts'
import type { ChangeTools } from './change.ts'
import { changeConversation } from './change-conversation.ts'
import { conversationRoutes } from './conversation-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { createInboxMetrics } from './inbox-metrics.ts'
import { listConversations } from './list-conversations.ts'
import { mailPageRoutes } from './mail-page-routes.ts'
import { mailUnseenAnswer } from './mail-unseen-answer.ts'
import { messageRoutes } from './message-routes.ts'
import { moveToPerson } from './move-to-person.ts'
import { conversationObject, inboxPeople } from './objects.queries.ts'
import { ownDesk } from './own-desk.ts'
import { personSource } from './person-source.ts'
import { type ErasingChannels, inboxPersonalData } from './personal-data.ts'
import { readMessage, readMessages } from './read-messages.ts'
import { receiveMessages } from './receive-message.ts'
import { recordDeliveries } from './record-deliveries.ts'
import { recordEdits } from './record-edit.ts'
import { releaseConversations } from './release-conversations.ts'
import { resendMessage } from './resend-message.ts'
import { routeConversations } from './route-conversations.ts'
import { createRouter } from './router.ts'
import { findWaitingWorkspaces } from './routing.queries.ts'
import { sendReply } from './send-reply.ts'
import { settingsRoutes } from './settings-routes.ts'
import { showRoutes } from './show-routes.ts'
import { showSpeakers } from './show-speakers.ts'
import { startConversation } from './start-conversation.ts'
import type { Access, Channels, Customers, Receiver } from './uses.ts'
import { wakeConversation, wakeJob } from './wake-conversation.ts'
import { passWhispers } from './whispers.ts'
import { conversationWriter } from './write-conversations.ts'

/** What other modules may ask the inbox. */
export type Inbox = ReturnType<typeof createInbox>

/** Conversations, messages, norms and routing: the one window. */
export function createInbox(
  platform: Platform,
  uses: {
    access: Access
    customers: Customers & { personalData: { declare(part: PersonalDataPart): void } }
    channels: Channels & ErasingChannels
    objects: Pick<Objects, 'declare' | 'questions' | 'storeValues' | 'forget'>
  },
) {
  const { access, customers, channels, objects } = uses
  customers.addSource(personSource)
  customers.personalData.declare(inboxPersonalData(platform, channels, objects))
  const { events, jobs, log, database } = platform
  const tools: ChangeTools = { events, customers, routeSoon: (workspaceId) => router.soon(workspaceId) }
  const changing = { access, customers, objects, tools }
  objects.declare({ ...conversationObject, write: conversationWriter(platform, changing) }, inboxPeople)
  const metrics = createInboxMetrics(platform.metrics)
  const route = timed(metrics.routingSeconds, routeConversations(platform, { access, tools }))
  const router = createRouter(route, log)
  const identifyAll = timed(metrics.identifySeconds, traced('identify', customers.identifyAll))
  const receiveAll = receiveMessages(platform, { access, customers: { ...customers, identifyAll } }, router.soon)
  const recordEdit = recordEdits(platform, tools)

  const use = {
    listConversations: listConversations(platform, uses),
    readMessages: readMessages(platform, channels),
    readMessage: readMessage(platform, channels),
    sendReply: sendReply(platform, { channels, customers, tools }),
    addNote: addNote(platform, tools),
    changeConversation: changeConversation(platform, changing),
    startConversation: startConversation(platform, { customers, channels, tools }),
    resendMessage: resendMessage(platform, { channels, customers, tools }),
    showRoutes: showRoutes(platform, channels, customers),
    moveToPerson: moveToPerson(platform, { access, customers, tools }),
    showSpeakers: showSpeakers(platform, { customers }),
  }

  const receiver: Receiver = {
    receiveAll: async (tx, arrivals) => {
      await receiveAll(tx, arrivals)
      for (const arrival of arrivals) await recordEdit(tx, arrival)
    },
    deliveriesChanged: recordDeliveries(platform, { access, tools }),
  }
  channels.setReceiver(receiver)

  const mailUnseen = mailUnseenAnswer(platform, { channels, customers, tools })
  events.subscribe(chatAnswerUnseen, 'inbox.mail-unseen', mailUnseen)
  passWhispers(platform, channels)
  jobs.handle(wakeJob, wakeConversation(platform, { access, tools }))
  const sweep = async () => {
    for (const workspaceId of await database.system(findWaitingWorkspaces)) router.soon(workspaceId)
  }
  jobs.schedule('inbox.route-waiting', '* * * * *', sweep)
  events.subscribe(operatorChanged, 'inbox.release', releaseConversations(platform, { access, tools }))
  for (const event of [operatorChanged, presenceChanged, teamChanged]) {
    events.subscribe<unknown>(event, 'inbox.route', async (tx) => tx.afterCommit(() => router.soon(tx.workspaceId)))
  }

  return {
    name: 'inbox',
    ...use,
    receiver,
    mailUnseen,
    /** Gives out the queue of a workspace now. */
    route,
    routes: (http: HttpServer) => {
      deskRoutes(http, ownDesk(platform, access))
      conversationRoutes(http, platform, uses, use)
      messageRoutes(http, use)
      mailPageRoutes(http, use)
      settingsRoutes(http, platform)
    },
    start: sweep,
    stop: router.stop,
  } satisfies Module & Record<string, unknown>
}
