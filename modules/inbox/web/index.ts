import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import type { WebModule } from '#platform/web'
import { followInbox } from './follow-inbox.ts'
import { ownDayQuery } from './inbox-api.ts'
import { inboxCommands } from './inbox-commands.ts'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { inboxSettingsPages } from './settings/inbox-settings-pages.ts'

/** Only those in which somebody waits for me are worth a badge. */
const useWaitingCount = () => useQuery(ownDayQuery).data?.waiting ?? 0

/** Conversations: the one window. */
export const inbox: WebModule = {
  name: 'inbox',
  locales: { ru, en },
  routes: [
    {
      path: '/inbox/{-$conversationId}',
      frame: 'window',
      permission: 'inbox.read',
      load: () => import('./inbox-page.tsx'),
    },
    {
      path: '/conversations/{-$conversationId}',
      frame: 'window',
      permission: 'inbox.read',
      load: () => import('./list/conversations-page.tsx'),
    },
  ],
  nav: [
    {
      id: 'inbox',
      order: 10,
      to: '/inbox',
      also: ['/conversations'],
      label: 'inbox.title',
      icon: IconInbox,
      permission: 'inbox.read',
      useCount: useWaitingCount,
    },
  ],
  slots: {
    strip: [
      {
        id: 'own-day',
        order: 10,
        permission: 'inbox.read',
        component: lazy(() => import('./own-day.tsx').then(({ OwnDay }) => ({ default: OwnDay }))),
      },
    ],
    commands: [inboxCommands],
    objectPages: [{ object: 'conversation', order: 5, path: '/conversations' }],
    timelineGroups: [
      {
        id: 'talks',
        order: 10,
        title: 'inbox.timeline.talks',
        kinds: ['inbox.conversation_opened', 'inbox.conversation_closed', 'inbox.conversation_reopened'],
      },
    ],
    sandboxPanels: [
      {
        id: 'recent-conversations',
        order: 10,
        permission: 'inbox.read',
        component: lazy(() =>
          import('./sandbox/recent-conversations.tsx').then(({ RecentConversations }) => ({
            default: RecentConversations,
          })),
        ),
      },
    ],
    settingsPages: inboxSettingsPages,
  },
  follow: followInbox,
}
