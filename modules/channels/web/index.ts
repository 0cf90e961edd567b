import { IconFlask, IconInboxOff, IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import type { SlotPart, WebModule } from '#platform/web'
import { followChannels } from './follow-channels.ts'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { sandboxQuery } from './sandbox/sandbox-api.ts'

const useIsSandboxOn = () => useQuery(sandboxQuery).data?.isOn ?? false

declare module '#platform/web/slots' {
  interface Slots {
    /** What stands beside the played customer: what Okno made of it. */
    sandboxPanels: SlotPart<object>
  }
}

/** Ways in and out: their accounts, forms, what arrived, and a sandbox that plays the customer. */
export const channels: WebModule = {
  name: 'channels',
  locales: { ru, en },
  routes: [
    {
      path: '/sandbox',
      frame: 'window',
      permission: 'channels.manage',
      load: () => import('./sandbox/sandbox-page.tsx'),
    },
  ],
  nav: [
    {
      id: 'sandbox',
      order: 80,
      to: '/sandbox',
      label: 'channels.sandbox.title',
      icon: IconFlask,
      permission: 'channels.manage',
      useIsOffered: useIsSandboxOn,
    },
  ],
  slots: {
    settingsPages: [
      {
        id: 'channels',
        group: 'channels',
        order: 40,
        title: 'channels.accounts.title',
        icon: IconPlugConnected,
        permission: 'channels.manage',
        component: lazy(() => import('./settings/channels-settings.tsx')),
      },
      {
        id: 'arrivals',
        group: 'channels',
        order: 41,
        title: 'channels.arrivals.title',
        icon: IconInboxOff,
        permission: 'channels.arrivals',
        component: lazy(() => import('./settings/arrivals-settings.tsx')),
      },
    ],
  },
  follow: followChannels,
}
