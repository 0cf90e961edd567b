import { IconForms, IconStack2 } from '@tabler/icons-react'
import { lazy } from 'react'
import type { SlotPart, WebModule } from '#platform/web'
import { followObjects } from './follow-objects.ts'
import type { ListToolProps } from './list/list-tools.tsx'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { useHasOwnObjects } from './objects-api.ts'

declare module '#platform/web/slots' {
  interface Slots {
    /** What can be done with a whole list, as it stands on screen: taken away as a file. */
    listTools: SlotPart<ListToolProps>
    /** Where things of an object are shown: at `path`, then the id. */
    objectPages: { readonly object: string; readonly order: number; readonly path: string }
  }
}

export type { ListToolProps } from './list/list-tools.tsx'
export { namesOfQuery, namesQuery, objectsQuery, rowsKey, useDescribe } from './objects-api.ts'
export { undescribedOf } from './undescribed.ts'
export { useLanguage } from './use-language.ts'
export { useValueText } from './use-value-text.ts'

/** Why one object is among those that a condition finds: `<WhyList object condition id>`. */
export const WhyList = lazy(() => import('./why-list.tsx'))
/** Custom fields of a card, changed where they stand: `<CustomFields object values canEdit onSave>`. */
export const CustomFields = lazy(() => import('./custom-fields.tsx'))
/** What names one thing in fields that the company described: `<Referring object id>`. */
export const Referring = lazy(() => import('./records/referring.tsx'))
/** A list of any object, with views, columns, groups and cells to edit: `<ObjectList object path openId columns sort …>`. Loaded when first shown. */
export const ObjectList = lazy(() => import('./list/object-list.tsx'))

/** Fields and objects that a company describes itself, and the builder of conditions. */
export const objects: WebModule = {
  name: 'objects',
  locales: { ru, en },
  routes: [
    {
      path: '/objects/{-$objectKey}/{-$recordId}',
      frame: 'window',
      permission: 'objects.read',
      load: () => import('./records/records-page.tsx'),
    },
  ],
  nav: [
    {
      id: 'objects',
      order: 40,
      to: '/objects',
      label: 'objects.records.title',
      icon: IconStack2,
      permission: 'objects.read',
      useIsOffered: useHasOwnObjects,
    },
  ],
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
  follow: followObjects,
}
