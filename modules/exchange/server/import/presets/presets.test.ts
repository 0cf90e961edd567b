import { expect, test } from 'vitest'
import type { ImportTarget } from '../../../contract/index.ts'
import { suggestKey, suggestMapping } from '../suggest-mapping.ts'
import { addressBookFiles } from './address-book-files.fixture.ts'
import { crmFiles } from './crm-files.fixture.ts'

const target = (key: string, ru = key, en = key, type: ImportTarget['type'] = 'text'): ImportTarget => {
  const isMany = ['emails', 'phones', 'externalIds', 'note'].includes(key)
  return { key, label: { ru, en }, type, isMany, isRequired: false, isKey: isMany || key === 'inn' || key === 'name' }
}
/** Fields whose labels are words that stand in such files too. */
const PERSON = [
  target('addressForm', 'Обращение', 'How to address', 'choice'),
  target('stage', 'Стадия', 'Stage', 'choice'),
  target('locale', 'Язык', 'Language', 'choice'),
  target('timeZone', 'Часовой пояс', 'Time zone', 'choice'),
  target('birthday', 'День рождения', 'Birthday', 'date'),
  target('origin', 'Откуда', 'Came by'),
  ...['name', 'firstName', 'lastName', 'middleName', 'city', 'owner', 'company', 'position'].map((key) => target(key)),
  ...['emails', 'phones', 'externalIds', 'note'].map((key) => target(key)),
]
const COMPANY = ['name', 'inn', 'site', 'city', 'owner', 'industry', 'legalName', 'phones', 'emails', 'note'].map(
  (key) => target(key),
)

test.each(Object.entries({ ...crmFiles, ...addressBookFiles }))(
  '%s: the file is recognised, and each column means what it means there',
  (_, one) => {
    const object = one.of ?? 'person'
    const targets = object === 'company' ? COMPANY : PERSON
    const names = one.headings.split(one.headings.includes(';') ? ';' : ',')
    expect(Object.keys(one.row).filter((name) => !names.includes(name))).toEqual([])
    const rows = [names.map((name) => one.row[name]?.[0] ?? '')]

    const { preset, columns } = suggestMapping(object, { names, rows }, targets, new Map())
    expect(preset).toBe(one.preset)
    expect(Object.fromEntries(columns.map(({ name, target }) => [name, target]))).toEqual(
      Object.fromEntries(names.map((name) => [name, one.row[name]?.[1] ?? null])),
    )
    expect(suggestKey(object, columns, targets)).toBe(object === 'company' ? 'name' : 'emails')
  },
)
