import { IconAddressBook, IconChecklist, IconLayoutList, IconShieldCheck, IconUsersGroup } from '@tabler/icons-react'
import { lazy } from 'react'
import type { SlotPart, WebModule } from '#platform/web'
import type { PersonBlock } from './card/person-blocks.ts'
import type { TimelineGroup } from './card/timeline/timeline-groups.ts'
import type { CompanyBlock } from './company/company-blocks.ts'
import { customerCommands } from './customer-commands.ts'
import { followCustomers } from './follow-customers.ts'
import { followLists } from './lists/follow-lists.ts'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { useMyOverdue } from './tasks/my-overdue.ts'

declare module '#platform/web/slots' {
  interface Slots {
    /** Blocks of a person's card beside its own: deals, orders. Own ones stand at 100, 200… 900; the timeline is the last. */
    personBlocks: PersonBlock
    /** Blocks of a company's card, as of a person's. */
    companyBlocks: CompanyBlock
    /** What else can be done with all that is kept about a person. */
    personalDataTools: SlotPart<{ personId: string }>
    /** Groups of kinds by which a person's timeline is narrowed. */
    timelineGroups: TimelineGroup
  }
}

export { rereadTalks } from './follow-customers.ts'
export { identityText } from './identity-text.ts'

/** All that is known of a person, for a column beside the work. Loaded when first shown. */
export const CustomerCard = lazy(() => import('./card/customer-card.tsx'))

/** Finds a person by part of the name, number or address. Loaded when first shown. */
export const PersonSelect = lazy(() => import('./lists/person-select.tsx'))

/** People, companies and what is known of them. */
export const customers: WebModule = {
  name: 'customers',
  locales: { ru, en },
  routes: [
    {
      path: '/people/{-$personId}',
      frame: 'window',
      permission: 'customers.read',
      load: () => import('./lists/people-page.tsx'),
    },
    {
      path: '/companies/{-$companyId}',
      frame: 'window',
      permission: 'customers.read',
      load: () => import('./lists/companies-page.tsx'),
    },
    {
      path: '/same-people',
      frame: 'window',
      permission: 'customers.read',
      load: () => import('./identity/same-page.tsx'),
    },
    {
      path: '/shared-addresses',
      frame: 'window',
      permission: 'customers.read',
      load: () => import('./identity/shared-page.tsx'),
    },
    {
      path: '/tasks',
      frame: 'window',
      permission: 'customers.read',
      load: () => import('./tasks/tasks-page.tsx'),
    },
  ],
  nav: [
    {
      id: 'tasks',
      order: 15,
      to: '/tasks',
      label: 'customers.tasks.title',
      icon: IconChecklist,
      permission: 'customers.read',
      useCount: useMyOverdue,
    },
    {
      id: 'customers',
      order: 20,
      to: '/people',
      also: ['/companies', '/same-people', '/shared-addresses', '/imports'],
      label: 'customers.people',
      icon: IconAddressBook,
      permission: 'customers.read',
    },
  ],
  slots: {
    objectPages: [
      { object: 'person', order: 10, path: '/people' },
      { object: 'company', order: 20, path: '/companies' },
    ],
    commands: [customerCommands],
    settingsPages: [
      {
        id: 'same-people',
        group: 'work',
        order: 41,
        title: 'customers.matching.title',
        icon: IconUsersGroup,
        permission: 'customers.manage',
        component: lazy(() => import('./matching/matching-settings.tsx')),
      },
      {
        id: 'card-layouts',
        group: 'work',
        order: 40,
        title: 'customers.layouts.title',
        icon: IconLayoutList,
        permission: 'customers.manage',
        component: lazy(() => import('./layouts/layouts-settings.tsx')),
      },
      {
        id: 'personal-data',
        group: 'company',
        order: 27,
        title: 'customers.personalData.settingsTitle',
        icon: IconShieldCheck,
        permission: 'customers.personal_data',
        component: lazy(() => import('./personal-data/erasures-settings.tsx')),
      },
    ],
  },
  follow: (live, cache) => {
    followCustomers(live, cache)
    followLists(live, cache)
  },
}
