import { lazy } from 'react'
import type { WebModule } from '#platform/web'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'

const ListExport = lazy(async () => ({ default: (await import('./export/list-export.tsx')).ListExport }))
const PersonExport = lazy(async () => ({ default: (await import('./export/person-export.tsx')).PersonExport }))

export const exchange: WebModule = {
  name: 'exchange',
  locales: { ru, en },
  slots: {
    personalDataTools: [{ id: 'export', order: 10, component: PersonExport }],
    listTools: [{ id: 'export', order: 10, component: ListExport }],
  },
}
