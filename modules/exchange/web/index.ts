import { IconArchive, IconFileImport } from '@tabler/icons-react'
import { lazy } from 'react'
import type { WebModule } from '#platform/web'
import { followImports } from './import/follow-imports.ts'
import { importCommands } from './import/import-commands.ts'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'

const ListExport = lazy(async () => ({ default: (await import('./export/list-export.tsx')).ListExport }))
const PersonExport = lazy(async () => ({ default: (await import('./export/person-export.tsx')).PersonExport }))

/** Lists that come in from files and go out into them, the data of one person, and the whole workspace. */
export const exchange: WebModule = {
  name: 'exchange',
  locales: { ru, en },
  routes: [
    {
      path: '/imports/{-$importId}',
      frame: 'window',
      permission: 'exchange.import',
      load: () => import('./import/imports-page.tsx'),
    },
  ],
  slots: {
    personalDataTools: [{ id: 'export', order: 10, component: PersonExport }],
    listTools: [{ id: 'export', order: 10, component: ListExport }],
    commands: [importCommands],
    settingsPages: [
      {
        id: 'import',
        group: 'company',
        order: 40,
        title: 'exchange.imports.title',
        icon: IconFileImport,
        permission: 'exchange.import',
        component: lazy(() => import('./import/import-settings.tsx')),
      },
      {
        id: 'archive',
        group: 'company',
        order: 41,
        title: 'exchange.archive.title',
        icon: IconArchive,
        permission: 'exchange.archive',
        component: lazy(() => import('./archive/archive-settings.tsx')),
      },
    ],
  },
  follow: followImports,
}
