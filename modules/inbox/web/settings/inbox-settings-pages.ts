import { IconClockHour4, IconTextPlus } from '@tabler/icons-react'
import { lazy } from 'react'
import type { SettingsPage } from '#platform/web'

/** What this module adds to the settings: when answers are due, and words ready to send. */
export const inboxSettingsPages: readonly SettingsPage[] = [
  {
    id: 'hours',
    group: 'work',
    order: 30,
    title: 'inbox.hours.title',
    icon: IconClockHour4,
    permission: 'inbox.settings',
    component: lazy(() => import('./hours-settings.tsx')),
  },
  {
    id: 'snippets',
    group: 'work',
    order: 31,
    title: 'inbox.snippets',
    icon: IconTextPlus,
    permission: 'inbox.read',
    component: lazy(() => import('./snippets-settings.tsx')),
  },
]
