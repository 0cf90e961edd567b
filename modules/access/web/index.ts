import type { WebModule } from '#platform/web'
import { followAccess } from './follow-access.ts'

export { type MeWire, operatorsQuery, teamsQuery, useCan, useMe } from './access-api.ts'
export { OwnMenu } from './own-menu.tsx'
export { SignedIn } from './signed-in.tsx'

/** Sign-in, the own profile and presence. */
export const access: WebModule = {
  name: 'access',
  locales: { ru: () => import('./locales/ru.json'), en: () => import('./locales/en.json') },
  routes: [
    { path: '/sign-in', frame: 'bare', load: () => import('./sign-in-page.tsx') },
    { path: '/profile', frame: 'window', load: () => import('./profile-page.tsx') },
  ],
  follow: followAccess,
}
