import { headingForm } from './mapping-words.ts'

/** An export of another product, recognised by headings that only it has. */
interface Preset {
  readonly key: 'amocrm' | 'bitrix24' | 'hubspot' | 'salesforce' | 'google' | 'outlook'
  /** A file is such an export when it has all headings of one of these. */
  readonly signs: readonly (readonly string[])[]
  /** Headings that mean something else than usual, by object; null = left out. */
  readonly headings: Readonly<Record<string, Readonly<Record<string, string | null>>>>
}

const PRESETS: readonly Preset[] = [
  {
    key: 'amocrm',
    signs: [
      ['Полное имя контакта', 'Ответственный'],
      ['Рабочий прямой телефон', 'Рабочий email'],
    ],
    headings: {
      person: {
        ID: 'externalIds',
        'Полное имя контакта': 'name',
        Имя: 'firstName',
        'Компания контакта': 'company',
        'Должность (контакт)': 'position',
        Факс: null,
      },
    },
  },
  {
    key: 'bitrix24',
    signs: [
      ['Обращение', 'Имя', 'Отчество', 'Фамилия', 'Ответственный'],
      ['Рабочий e-mail', 'Частный e-mail'],
      ['Название компании', 'Сфера деятельности', 'Ответственный'],
    ],
    headings: {
      person: { ID: 'externalIds', Обращение: null, Фото: null, 'Номер факса': null, 'Улица, номер дома': null },
      company: { ID: null, 'Корпоративный сайт': 'site' },
    },
  },
  {
    key: 'hubspot',
    signs: [
      ['Record ID', 'Contact owner'],
      ['Record ID', 'Company owner'],
      ['Record ID', 'Lifecycle Stage'],
      ['Record ID', 'First Name', 'Last Name', 'Email'],
    ],
    headings: {
      person: { 'Record ID': 'externalIds', 'Primary Company': 'company', 'Lifecycle Stage': null },
      company: { 'Record ID': null, 'Company Domain Name': 'site' },
    },
  },
  {
    key: 'salesforce',
    signs: [
      ['Salutation', 'First Name', 'Last Name', 'Account Name'],
      ['Id', 'AccountId', 'LastName', 'FirstName'],
      ['Account Name', 'Account Owner', 'Billing City'],
      ['Id', 'IsDeleted', 'MasterRecordId', 'Name'],
    ],
    headings: {
      person: {
        Id: 'externalIds',
        'Contact ID': 'externalIds',
        Title: 'position',
        Salutation: null,
        Fax: null,
        OwnerId: null,
      },
      company: { Id: null, Website: 'site' },
    },
  },
  {
    key: 'google',
    signs: [
      ['First Name', 'Last Name', 'E-mail 1 - Value'],
      ['Given Name', 'Family Name', 'E-mail 1 - Value'],
      ['Given Name', 'Family Name', 'Group Membership'],
      ['First Name', 'Phonetic First Name', 'Labels'],
    ],
    headings: {
      person: {
        'Organization Name': 'company',
        'Organization Title': 'position',
        'Organization 1 - Name': 'company',
        'Organization 1 - Title': 'position',
        'Address 1 - City': 'city',
        'File As': null,
        Name: 'name',
      },
    },
  },
  {
    key: 'outlook',
    signs: [
      ['First Name', 'Last Name', 'E-mail Address', 'Business Phone'],
      ['Имя', 'Фамилия', 'Адрес эл. почты', 'Рабочий телефон'],
      ['Имя', 'Фамилия', 'Адрес эл. почты', 'Телефон рабочий'],
    ],
    headings: {
      person: {
        Title: null,
        'Job Title': 'position',
        Company: 'company',
        'Business City': 'city',
        'Home City': null,
        Обращение: null,
      },
    },
  },
]

/** The product whose export has these headings; undefined when none is recognised. */
export function recognisePreset(names: readonly string[]): Preset['key'] | undefined {
  const known = new Set(names.map(headingForm))
  const has = (heading: string) => known.has(headingForm(heading))
  return PRESETS.find(({ signs }) => signs.some((sign) => sign.every(has)))?.key
}

/** What a heading of such an export means: a field, null = left out, undefined = as usual. */
export function presetTarget(preset: string | undefined, object: string, name: string): string | null | undefined {
  const headings = PRESETS.find(({ key }) => key === preset)?.headings[object] ?? {}
  const found = Object.keys(headings).find((heading) => headingForm(heading) === headingForm(name))
  return found === undefined ? undefined : headings[found]
}
