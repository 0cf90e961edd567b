import { useSlot } from '#platform/web'
import { CUSTOM } from './undescribed.ts'

/** Where things of an object are shown: own objects here, those of modules where they say; null where nothing shows them. */
export function useAddressOf(object: string): ((id: string) => string) | null {
  const pages = useSlot('objectPages')
  if (object.startsWith(CUSTOM)) return (id) => `/objects/${object}/${id}`
  const page = pages.find((one) => one.object === object)
  return page ? (id) => `${page.path}/${id}` : null
}
