import {
  IconBuilding,
  IconHistory,
  IconKey,
  IconShieldLock,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { lazy } from 'react'
import type { SettingsPage } from '#platform/web'

/** What this module adds to the settings: oneself, and who works here. */
export const settingsPages: readonly SettingsPage[] = [
  {
    id: 'profile',
    group: 'own',
    order: 10,
    title: 'access.profile.title',
    icon: IconUser,
    component: lazy(() => import('./profile-settings.tsx')),
  },
  {
    id: 'security',
    group: 'own',
    order: 11,
    title: 'access.security.title',
    icon: IconShieldLock,
    component: lazy(() => import('./security-settings.tsx')),
  },
  {
    id: 'keys',
    group: 'own',
    order: 12,
    title: 'access.keys.title',
    icon: IconKey,
    component: lazy(() => import('./keys-settings.tsx')),
  },
  {
    id: 'company',
    group: 'company',
    order: 20,
    title: 'access.company.title',
    icon: IconBuilding,
    permission: 'access.manage',
    component: lazy(() => import('./company-settings.tsx')),
  },
  {
    id: 'operators',
    group: 'company',
    order: 21,
    title: 'access.operators.title',
    icon: IconUsers,
    permission: 'access.manage',
    component: lazy(() => import('./operators-settings.tsx')),
  },
  {
    id: 'teams',
    group: 'company',
    order: 22,
    title: 'access.teams.title',
    icon: IconUsersGroup,
    permission: 'access.manage',
    component: lazy(() => import('./teams-settings.tsx')),
  },
  {
    id: 'audit',
    group: 'company',
    order: 29,
    title: 'access.audit.title',
    icon: IconHistory,
    permission: 'access.manage',
    component: lazy(() => import('./audit-settings.tsx')),
  },
]
