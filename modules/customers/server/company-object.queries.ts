import { sql } from 'kysely'
import { column, named, option } from '#platform/server/objects/declare'
import type { ObjectSource, Reading } from '#platform/server/objects/source'
import { given, moments, worksThere } from './card-fields.queries.ts'

const legalForms = [
  option('ooo', 'Limited liability company', 'ООО'),
  option('ao', 'Joint-stock company', 'АО'),
  option('pao', 'Public joint-stock company', 'ПАО'),
  option('ip', 'Entrepreneur', 'ИП'),
  option('self_employed', 'Self-employed', 'Самозанятый'),
  option('state', 'State or municipal body', 'Государственное или муниципальное учреждение'),
  option('nonprofit', 'Non-profit organisation', 'Некоммерческая организация'),
  option('foreign', 'Foreign company', 'Иностранная компания'),
  option('other', 'Other', 'Другая'),
]
const sizes = [
  option('micro', 'Micro, up to 15 people', 'Микро, до 15 человек'),
  option('small', 'Small, up to 100 people', 'Малая, до 100 человек'),
  option('medium', 'Medium, up to 250 people', 'Средняя, до 250 человек'),
  option('large', 'Large, over 250 people', 'Крупная, больше 250 человек'),
]

/** Values of a column that is a list. */
const each = (name: string): Reading => ({
  rows: (row, it) => ({
    from: sql`unnest(${row}.${sql.ref(name)}) as ${it} (item)`,
    where: sql`true`,
    value: sql`${it}.item`,
  }),
})

/** What is known of a company. */
export const companyObject: ObjectSource = {
  key: 'company',
  label: { one: named('Company', 'Компания'), many: named('Companies', 'Компании') },
  table: sql`customers.own_companies`,
  indexed: 'customers.companies',
  permission: 'customers.read',
  name: (row) => sql`${row}.name`,
  custom: (row) => sql`${row}.custom`,
  fields: [
    {
      key: 'id',
      type: 'reference',
      target: 'company',
      label: named('Company', 'Компания'),
      isRequired: true,
      read: column('id'),
    },
    {
      key: 'name',
      type: 'text',
      label: named('Name', 'Название'),
      isRequired: true,
      sort: true,
      ...given,
      read: column('name'),
    },
    {
      key: 'legalName',
      type: 'text',
      label: named('Legal name', 'Полное наименование'),
      ...given,
      read: column('legal_name'),
    },
    {
      key: 'legalForm',
      type: 'choice',
      options: legalForms,
      label: named('Legal form', 'Правовая форма'),
      ...given,
      read: column('legal_form'),
    },
    { key: 'inn', type: 'text', label: named('Tax number', 'ИНН'), ...given, read: column('inn') },
    { key: 'kpp', type: 'text', label: named('KPP', 'КПП'), ...given, read: column('kpp') },
    { key: 'ogrn', type: 'text', label: named('State number', 'ОГРН'), ...given, read: column('ogrn') },
    { key: 'bic', type: 'text', label: named('BIC', 'БИК'), ...given, read: column('bic') },
    { key: 'account', type: 'text', label: named('Bank account', 'Расчётный счёт'), ...given, read: column('account') },
    {
      key: 'owner',
      type: 'reference',
      target: 'operator',
      label: named('Owner', 'Ответственный'),
      ...given,
      read: column('owner_id'),
    },
    {
      key: 'parent',
      type: 'reference',
      target: 'company',
      label: named('Parent company', 'Головная компания'),
      edit: true,
      read: column('parent_id'),
    },
    { key: 'industry', type: 'text', label: named('Industry', 'Отрасль'), ...given, read: column('industry') },
    { key: 'size', type: 'choice', options: sizes, label: named('Size', 'Размер'), ...given, read: column('size') },
    { key: 'phones', type: 'phone', label: named('Phone', 'Телефон'), isFolded: true, ...given, read: each('phones') },
    { key: 'emails', type: 'email', label: named('E-mail', 'Почта'), isFolded: true, ...given, read: each('emails') },
    {
      key: 'addresses',
      type: 'text',
      label: named('Address', 'Адрес'),
      read: {
        rows: (row, it) => ({
          from: sql`jsonb_array_elements(${row}.addresses) as ${it} (item)`,
          where: sql`true`,
          value: sql`${it}.item ->> 'text'`,
        }),
      },
    },
    { key: 'site', type: 'url', label: named('Site', 'Сайт'), ...given, read: column('site') },
    { key: 'city', type: 'text', label: named('City', 'Город'), sort: true, ...given, read: column('city') },
    { key: 'note', type: 'long_text', label: named('Note', 'Заметка'), ...given, read: column('note') },
    ...moments,
  ],
  relations: [
    {
      key: 'people',
      label: named('People', 'Контакты'),
      target: 'person',
      link: sql`customers.employments`,
      on: (row, other, link) =>
        sql`${link}.company_id = ${row}.id and ${worksThere(link)} and ${other}.id = (select coalesce(worker.shown_as, worker.id) from customers.people as worker
          where worker.workspace_id = ${link}.workspace_id and worker.id = ${link}.person_id)`,
    },
    {
      key: 'parent',
      label: named('Parent company', 'Головная компания'),
      target: 'company',
      isOne: true,
      on: (row, other) => sql`${other}.id = ${row}.parent_id`,
    },
    {
      key: 'children',
      label: named('Subsidiaries', 'Дочерние компании'),
      target: 'company',
      on: (row, other) => sql`${other}.parent_id = ${row}.id`,
    },
  ],
}
