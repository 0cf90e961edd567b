import { IconWebhook } from '@tabler/icons-react'
import { lazy } from 'react'
import type { WebModule } from '#platform/web'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { webhooksKey } from './webhooks-api.ts'

/** Other systems: what they are told of, and what they may ask. */
export const integrations: WebModule = {
  name: 'integrations',
  locales: { ru, en },
  slots: {
    settingsPages: [
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
