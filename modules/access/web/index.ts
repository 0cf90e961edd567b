import { IconSettings } from '@tabler/icons-react'
import type { WebModule } from '#platform/web'
import { followAccess } from './follow-access.ts'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { settingsCommands } from './settings/settings-commands.ts'
import { settingsPages } from './settings/settings-pages.ts'

export { AsRole, type MeWire, meQuery, operatorsQuery, teamsQuery, useCan, useMe } from './access-api.ts'
export { OwnMenu } from './own-menu.tsx'
export { SignedIn } from './signed-in.tsx'

/** Sign-in, presence, and the settings area with everything about oneself and those who work here. */
export const access: WebModule = {
  name: 'access',
  locales: { ru, en },
  routes: [
    { path: '/sign-in', frame: 'bare', load: () => import('./sign-in-page.tsx') },
    { path: '/settings/{-$page}', frame: 'window', load: () => import('./settings/settings-page.tsx') },
  ],
  nav: [{ id: 'settings', order: 90, to: '/settings', label: 'access.settings.title', icon: IconSettings }],
  slots: { settingsPages, commands: [settingsCommands] },
  follow: followAccess,
}
