import { IconForms } from '@tabler/icons-react'
import { lazy } from 'react'
import type { WebModule } from '#platform/web'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { objectsKey } from './objects-api.ts'

export { namesOfQuery, objectsQuery, useDescribe } from './objects-api.ts'
export { undescribedOf } from './undescribed.ts'
export { type ViewWire, viewsQuery } from './views/views-api.ts'
export type { Listed } from './views/views-of-list.ts'

/** Builds a condition by choosing, with a live count: `<ConditionBuilder object value onChange>`. Loaded when first shown. */
export const ConditionBuilder = lazy(() => import('./builder/condition-builder.tsx'))
/** Why one object is among those that a condition finds: `<WhyList object condition id>`. */
export const WhyList = lazy(() => import('./why-list.tsx'))
/** Custom fields of a card, changed where they stand: `<CustomFields object values canEdit onSave>`. */
export const CustomFields = lazy(() => import('./custom-fields.tsx'))
/** Saved views of a list in a row, kept and changed from there: `<ViewRow object viewId listed isTouched onChoose>`. */
export const ViewRow = lazy(() => import('./views/view-row.tsx'))

/** Fields and objects that a company describes itself, and the builder of conditions. */
export const objects: WebModule = {
  name: 'objects',
  locales: { ru, en },
  slots: {
    settingsPages: [
      {
        id: 'fields',
        group: 'company',
        order: 25,
        title: 'objects.title',
        icon: IconForms,
        permission: 'objects.manage',
        component: lazy(() => import('./settings/fields-settings.tsx')),
      },
    ],
  },
  follow: (live, cache) =>
    live.on('objects.description_changed', () => void cache.invalidateQueries({ queryKey: objectsKey })),
}
