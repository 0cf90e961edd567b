import type { Field, ObjectDescription } from '#platform/shared/objects/object'
import type { ImportTarget } from '../../contract/index.ts'

/** What a column of people may fill beside the fields of the person. */
const OF_PEOPLE: readonly ImportTarget[] = [
  {
    key: 'company',
    label: { en: 'Company', ru: 'Компания' },
    type: 'text',
    isMany: false,
    isRequired: false,
    isKey: false,
  },
  {
    key: 'companyInn',
    label: { en: "Company's tax number", ru: 'ИНН компании' },
    type: 'text',
    isMany: false,
    isRequired: false,
    isKey: false,
  },
  {
    key: 'position',
    label: { en: 'Position', ru: 'Должность' },
    type: 'text',
    isMany: false,
    isRequired: false,
    isKey: false,
  },
]
/** The card itself, as an export of Okno names it. */
const ID: ImportTarget = {
  key: 'id',
  label: { en: 'Id in Okno', ru: 'Идентификатор в Okno' },
  type: 'reference',
  isMany: false,
  isRequired: false,
  isKey: true,
}

const PERSON_KEYS = new Set(['emails', 'phones', 'externalIds'])
const OTHER_KEYS: Readonly<Record<string, readonly string[]>> = { company: ['inn', 'name'] }
/** A text of several columns is put together line by line. */
const isSeveral = ({ type, isMany }: Field) => isMany || type === 'long_text'

/** Everything that columns may fill, as this description's reader may. */
export function targetsOf(description: ObjectDescription): ImportTarget[] {
  const { key: object } = description
  const fields = description.fields
    .filter(({ can, type }) => can.import && type !== 'file')
    .map((field) => ({
      key: field.key,
      label: field.label,
      type: field.type,
      isMany: isSeveral(field),
      isRequired: field.isRequired,
      isKey: isKey(object, field),
    }))
  return [...fields, ...(object === 'person' ? OF_PEOPLE : []), ID]
}

function isKey(object: string, { key, isUnique }: Field): boolean {
  if (object === 'person') return PERSON_KEYS.has(key) || isUnique
  return isUnique || (OTHER_KEYS[object] ?? ['name']).includes(key)
}
