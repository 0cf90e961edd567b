import { sql } from 'kysely'
import { column, named, option } from '#platform/server/objects/declare'
import type { ObjectSource, Reading } from '#platform/server/objects/source'
import { given, moments, worksThere } from './card-fields.queries.ts'
import { timelineBehaviour } from './timeline-behaviour.queries.ts'

const stages = [
  option('lead', 'Lead', 'Лид'),
  option('customer', 'Customer', 'Клиент'),
  option('former', 'Former customer', 'Бывший клиент'),
]
const purposes = [
  option('personal_data', 'Personal data', 'Персональные данные'),
  option('marketing', 'Marketing', 'Реклама'),
]
const addressForms = [option('formal', 'Formal', 'На «вы»'), option('familiar', 'Familiar', 'На «ты»')]
const channels = [
  option('email', 'E-mail', 'Почта'),
  option('phone', 'Phone', 'Телефон'),
  option('sms', 'SMS', 'СМС'),
  option('webchat', 'Site chat', 'Чат на сайте'),
  option('messenger', 'Messenger', 'Мессенджер'),
  option('post', 'Post', 'Обычная почта'),
]
const identityKinds = [
  option('email', 'E-mail', 'Почта'),
  option('phone', 'Phone', 'Телефон'),
  option('visitor', 'Site visitor', 'Посетитель сайта'),
  option('external', 'Customer id', 'Номер клиента'),
  option('channel', 'Channel id', 'Идентификатор канала'),
]

const buyingRoles = [
  option('decides', 'Decides', 'Решает'),
  option('influences', 'Influences', 'Влияет'),
  option('uses', 'Uses', 'Пользуется'),
  option('signs', 'Signs', 'Подписывает'),
  option('pays', 'Pays', 'Платит'),
  option('gatekeeper', 'Gatekeeper', 'Не пускает или пускает'),
]

/** Values of a person's identities of one kind, also of those that cards joined to this one brought. */
const identities = (kind: string): Reading => ({
  rows: (row, it, owns) => ({
    from: sql`customers.identities as ${it}`,
    where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)} and ${it}.kind = ${sql.lit(kind)}`,
    value: sql`${it}.value`,
  }),
})

/** What is known of a person. */
export const personObject: ObjectSource = {
  key: 'person',
  label: { one: named('Person', 'Контакт'), many: named('People', 'Контакты') },
  table: sql`customers.own_people`,
  indexed: 'customers.people',
  only: (row) => sql`${row}.shown_as is null and ${row}.erased_at is null`,
  shownAs: (row) => sql`${row}.shown_as`,
  permission: 'customers.read',
  name: (row) => sql`${row}.name`,
  // The id of the photo in the address: another photo is another picture to browsers, which keep them.
  picture: (row) => sql`'/api/v1/people/' || ${row}.id || '/photo?v=' || ${row}.photo_id`,
  custom: (row) => sql`${row}.custom`,
  fields: [
    {
      key: 'id',
      type: 'reference',
      target: 'person',
      label: named('Person', 'Контакт'),
      isRequired: true,
      read: column('id'),
    },
    {
      key: 'name',
      type: 'text',
      label: named('Name', 'Имя'),
      isRequired: true,
      sort: true,
      ...given,
      read: column('name'),
    },
    {
      key: 'firstName',
      type: 'text',
      label: named('First name', 'Имя (личное)'),
      ...given,
      read: column('first_name'),
    },
    { key: 'lastName', type: 'text', label: named('Last name', 'Фамилия'), ...given, read: column('last_name') },
    { key: 'middleName', type: 'text', label: named('Middle name', 'Отчество'), ...given, read: column('middle_name') },
    {
      key: 'stage',
      type: 'choice',
      options: stages,
      label: named('Stage', 'Стадия'),
      isRequired: true,
      sort: true,
      ...given,
      read: column('stage'),
    },
    {
      key: 'owner',
      type: 'reference',
      target: 'operator',
      label: named('Owner', 'Ответственный'),
      ...given,
      read: column('owner_id'),
    },
    { key: 'city', type: 'text', label: named('City', 'Город'), sort: true, ...given, read: column('city') },
    { key: 'locale', type: 'choice', label: named('Language', 'Язык'), ...given, read: column('locale') },
    { key: 'timeZone', type: 'choice', label: named('Time zone', 'Часовой пояс'), ...given, read: column('time_zone') },
    {
      key: 'addressForm',
      type: 'choice',
      options: addressForms,
      label: named('How to address', 'Обращение'),
      ...given,
      read: column('address_form'),
    },
    {
      key: 'preferredChannel',
      type: 'choice',
      options: channels,
      label: named('Preferred channel', 'Удобный канал'),
      ...given,
      read: column('preferred_channel'),
    },
    { key: 'bestTime', type: 'text', label: named('Best time', 'Удобное время'), ...given, read: column('best_time') },
    {
      key: 'birthday',
      type: 'date',
      label: named('Birthday', 'День рождения'),
      ...given,
      read: { one: (row) => sql`(case when ${row}.birthday not like '--%' then ${row}.birthday::date end)` },
    },
    {
      key: 'birthdayDay',
      type: 'text',
      label: named('Birthday, month and day', 'День рождения, месяц и день'),
      help: named(
        'As 04-08 for the 8th of April, also when the year is unknown.',
        'Как 04-08 для 8 апреля, даже если год неизвестен.',
      ),
      read: { one: (row) => sql`right(${row}.birthday, 5)` },
    },
    { key: 'note', type: 'long_text', label: named('Note', 'Заметка'), ...given, read: column('note') },
    { key: 'origin', type: 'choice', label: named('Came by', 'Откуда'), read: column('origin') },
    {
      key: 'emails',
      type: 'email',
      label: named('E-mail', 'Почта'),
      isFolded: true,
      ...given,
      read: identities('email'),
    },
    {
      key: 'phones',
      type: 'phone',
      label: named('Phone', 'Телефон'),
      isFolded: true,
      ...given,
      read: identities('phone'),
    },
    {
      key: 'externalIds',
      type: 'text',
      label: named('Customer id', 'Номер клиента'),
      import: true,
      read: identities('external'),
    },
    {
      key: 'knownBy',
      type: 'choice',
      options: identityKinds,
      label: named('Known by', 'Известен по'),
      read: {
        rows: (row, it, owns) => ({
          from: sql`customers.identities as ${it}`,
          where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)}`,
          value: sql`${it}.kind`,
        }),
      },
    },
    {
      key: 'consents',
      type: 'choice',
      options: purposes,
      label: named('Consent in force', 'Действует согласие'),
      read: {
        rows: (row, it, owns) => ({
          from: sql`customers.consents as ${it}`,
          where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)} and ${it}.withdrawn_at is null`,
          value: sql`${it}.purpose`,
        }),
      },
    },
    {
      key: 'companies',
      type: 'reference',
      target: 'company',
      label: named('Company', 'Компания'),
      read: {
        rows: (row, it, owns) => ({
          from: sql`customers.employments as ${it}`,
          where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)} and ${worksThere(it)}`,
          value: sql`${it}.company_id`,
        }),
      },
    },
    {
      key: 'positions',
      type: 'text',
      label: named('Position', 'Должность'),
      read: {
        rows: (row, it, owns) => ({
          from: sql`customers.employments as ${it}`,
          where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)}`,
          value: sql`${it}.position`,
        }),
      },
    },
    {
      key: 'buyingRoles',
      type: 'choice',
      options: buyingRoles,
      label: named('Part in buying', 'Роль в закупке'),
      read: {
        rows: (row, it, owns) => ({
          from: sql`(select workspace_id, person_id, unnest(roles) as role from customers.employments) as ${it}`,
          where: sql`${it}.workspace_id = ${row}.workspace_id and ${owns(sql`${it}.person_id`)}`,
          value: sql`${it}.role`,
        }),
      },
    },
    ...moments,
  ],
  relations: [
    {
      key: 'companies',
      label: named('Companies', 'Компании'),
      target: 'company',
      link: sql`customers.employments`,
      on: (_row, other, link, owns) =>
        sql`${owns(sql`${link}.person_id`)} and ${other}.id = ${link}.company_id and ${worksThere(link)}`,
    },
  ],
  behaviours: [
    timelineBehaviour('customers.stage_changed', named('Stage changed', 'Сменилась стадия'), [
      { key: 'from', type: 'choice', options: stages, label: named('From', 'С') },
      { key: 'to', type: 'choice', options: stages, label: named('To', 'На') },
    ]),
    timelineBehaviour('customers.consent_given', named('Consent given', 'Дано согласие'), [
      { key: 'purpose', type: 'choice', options: purposes, label: named('What for', 'На что') },
    ]),
    timelineBehaviour('customers.consent_withdrawn', named('Consent withdrawn', 'Отозвано согласие'), [
      { key: 'purpose', type: 'choice', options: purposes, label: named('What for', 'На что') },
    ]),
    timelineBehaviour('customers.task_done', named('Task done', 'Сделана задача')),
  ],
}
