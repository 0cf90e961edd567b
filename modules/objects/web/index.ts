import { IconForms } from '@tabler/icons-react'
import { lazy } from 'react'
import type { SlotPart, WebModule } from '#platform/web'
import type { ListToolProps } from './list/list-tools.tsx'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { objectsKey } from './objects-api.ts'

declare module '#platform/web/slots' {
  interface Slots {
    /** What can be done with a whole list, as it stands on screen: taken away as a file. */
    listTools: SlotPart<ListToolProps>
  }
}

export type { ListToolProps } from './list/list-tools.tsx'
export { namesOfQuery, namesQuery, objectsQuery, rowsKey, useDescribe } from './objects-api.ts'
export { undescribedOf } from './undescribed.ts'

/** Why one object is among those that a condition finds: `<WhyList object condition id>`. */
export const WhyList = lazy(() => import('./why-list.tsx'))
/** Custom fields of a card, changed where they stand: `<CustomFields object values canEdit onSave>`. */
export const CustomFields = lazy(() => import('./custom-fields.tsx'))
/** A list of any object, with views, columns, groups and cells to edit: `<ObjectList object path openId columns sort …>`. Loaded when first shown. */
export const ObjectList = lazy(() => import('./list/object-list.tsx'))

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
