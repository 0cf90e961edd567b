import type { CustomValues } from '#modules/objects/contract'
import type { ObjectDescription } from '#platform/shared/objects/object'

/** Begins the key of every field that a company described itself. */
export const CUSTOM = 'custom.'

/** Custom values that no field describes: what forms and connected systems brought. */
export function undescribedOf({ fields }: ObjectDescription, values: CustomValues) {
  const known = new Set(fields.map(({ key }) => key))
  return Object.entries(values).filter(([key]) => !known.has(CUSTOM + key))
}
