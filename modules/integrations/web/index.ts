import { IconRobot, IconWebhook } from '@tabler/icons-react'
import { lazy } from 'react'
import type { WebModule } from '#platform/web'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { webhooksKey } from './webhooks-key.ts'

/** Other systems: what they are told of, and what they may ask. */
export const integrations: WebModule = {
  name: 'integrations',
  locales: { ru, en },
  slots: {
    settingsPages: [
      {
        id: 'programs',
        group: 'integrations',
        order: 60,
        title: 'integrations.tools.title',
        icon: IconRobot,
        permission: 'integrations.manage',
        component: lazy(() => import('./settings/tools-settings.tsx')),
      },
      {
        id: 'webhooks',
        group: 'integrations',
        order: 61,
        title: 'integrations.webhooks.title',
        icon: IconWebhook,
        permission: 'integrations.manage',
        component: lazy(() => import('./settings/webhooks-settings.tsx')),
      },
    ],
  },
  follow: (live, cache) => {
    live.on('integrations.webhook_changed', () => void cache.invalidateQueries({ queryKey: webhooksKey }))
  },
}
