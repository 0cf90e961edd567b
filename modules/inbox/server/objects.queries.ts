import { sql } from 'kysely'
import { companiesOf, timelineBehaviour } from '#modules/customers'
import { column, named, option } from '#platform/server/objects/declare'
import type {
  BehaviourSource,
  FieldSource,
  ObjectExtension,
  ObjectSource,
  RelationSource,
} from '#platform/server/objects/source'
import type { Label } from '#platform/shared/objects/object'
import { visibleTo } from './visible.queries.ts'

const statuses = [
  option('new', 'New', 'Новое'),
  option('open', 'Open', 'В работе'),
  option('waiting', 'Waiting for customer', 'Ждём клиента'),
  option('snoozed', 'Snoozed', 'Отложено'),
  option('closed', 'Closed', 'Закрыто'),
]
const priorities = [
  option('low', 'Low', 'Низкий'),
  option('normal', 'Normal', 'Обычный'),
  option('high', 'High', 'Высокий'),
  option('urgent', 'Urgent', 'Срочный'),
]

/** The account of a row, and through it the channel: the channel itself is known to the module of accounts only. */
const accountField: FieldSource = {
  key: 'account',
  type: 'reference',
  target: 'account',
  label: named('Channel account', 'Аккаунт канала'),
  read: column('account_id'),
}
const accountRelation: RelationSource = {
  key: 'account',
  label: named('Channel account', 'Аккаунт канала'),
  target: 'account',
  isOne: true,
  on: (row, other) => sql`${other}.id = ${row}.account_id`,
}
const channelField: FieldSource = {
  key: 'channel',
  type: 'choice',
  label: named('Channel', 'Канал'),
  read: { via: { relation: 'account', field: 'kind' } },
}

const moment = (key: string, name: string, label: Label, more: Partial<FieldSource> = {}): FieldSource => ({
  key,
  type: 'datetime',
  label,
  read: column(name),
  ...more,
})

/** Changed by the window's own use cases, never brought in from a file. */
const given = { edit: true, import: false } as const

/** Conversations as lists, conditions and rights know them; how they are written is added where the use cases are. */
export const conversationObject: ObjectSource = {
  key: 'conversation',
  label: { one: named('Conversation', 'Обращение'), many: named('Conversations', 'Обращения') },
  table: sql`inbox.own_conversations`,
  permission: 'inbox.read',
  visible: visibleTo,
  // A talk in a chat has no subject: its last words tell it from others.
  name: (row) => sql`coalesce(nullif(${row}.subject, ''), nullif(${row}.last_text, ''), '№ ' || ${row}.number)`,
  title: 'subject',
  custom: (row) => sql`${row}.custom`,
  parts: { object: 'message', table: sql`inbox.messages`, whole: (part) => sql`${part}.conversation_id` },
  fields: [
    {
      key: 'id',
      type: 'reference',
      target: 'conversation',
      label: named('Conversation', 'Обращение'),
      isRequired: true,
      read: column('id'),
    },
    {
      key: 'number',
      type: 'number',
      label: named('Number', 'Номер'),
      isRequired: true,
      sort: true,
      read: column('number'),
    },
    { key: 'subject', type: 'text', label: named('Subject', 'Тема'), ...given, read: column('subject') },
    { key: 'lastText', type: 'text', label: named('Last words', 'Последние слова'), read: column('last_text') },
    {
      key: 'status',
      type: 'choice',
      options: statuses,
      offers: ['open', 'waiting', 'closed'],
      ...given,
      label: named('Status', 'Статус'),
      isRequired: true,
      read: column('status'),
    },
    {
      key: 'priority',
      type: 'choice',
      options: priorities,
      ...given,
      label: named('Priority', 'Приоритет'),
      isRequired: true,
      read: column('priority'),
    },
    {
      key: 'person',
      type: 'reference',
      target: 'person',
      label: named('Person', 'Контакт'),
      isRequired: true,
      read: column('person_id'),
    },
    {
      key: 'companies',
      label: named('Company', 'Компания'),
      ...companiesOf((row) => sql`${row}.person_id`),
    },
    {
      key: 'owner',
      type: 'reference',
      target: 'operator',
      label: named('Owner', 'Ответственный'),
      ...given,
      read: column('owner_id'),
    },
    {
      key: 'team',
      type: 'reference',
      target: 'team',
      label: named('Team', 'Команда'),
      ...given,
      read: column('team_id'),
    },
    accountField,
    channelField,
    {
      key: 'tags',
      type: 'multi_choice',
      wordsAt: '/tags',
      label: named('Tags', 'Метки'),
      ...given,
      read: { array: (row) => sql`${row}.tags` },
    },
    {
      key: 'reopenedCount',
      type: 'number',
      label: named('Times reopened', 'Сколько раз открыто снова'),
      read: column('reopened_count'),
    },
    {
      key: 'firstAnswerSeconds',
      type: 'number',
      label: named('First answer, seconds', 'Первый ответ, секунд'),
      sort: true,
      read: column('first_answer_seconds'),
    },
    moment('lastMessageAt', 'last_message_at', named('Last message', 'Последнее сообщение'), {
      isRequired: true,
      sort: true,
    }),
    moment('waitingSince', 'waiting_since', named('Customer waits since', 'Клиент ждёт с'), { sort: true }),
    moment('dueAt', 'due_at', named('Answer due', 'Ответить до'), { sort: true }),
    moment('firstAnsweredAt', 'first_answered_at', named('First answered', 'Первый ответ дан')),
    moment('closedAt', 'closed_at', named('Closed', 'Закрыто'), { sort: true }),
    moment('createdAt', 'created_at', named('Begun', 'Начато'), {
      isRequired: true,
      sort: true,
      // Numbers are given as conversations begin. An index by time of its own cost more than itself: on tables that have just begun to grow
      // PostgreSQL took it for the checks of foreign keys.
      sortedAs: 'number',
    }),
  ],
  relations: [accountRelation],
}

/** Messages of one direction as something that happens to a person. */
const messages = (key: string, direction: 'in' | 'out', label: Label): BehaviourSource => ({
  key,
  label,
  from: (it) =>
    sql`inbox.messages as ${it} join inbox.conversations as talk on talk.workspace_id = ${it}.workspace_id and talk.id = ${it}.conversation_id`,
  of: (row, it, owns) =>
    sql`talk.workspace_id = ${row}.workspace_id and ${owns(sql`talk.person_id`)} and ${it}.direction = ${sql.lit(direction)}`,
  at: (it) => sql`${it}.created_at`,
  since: (_it, from) => sql`talk.last_message_at >= ${from}`,
  fields: [
    accountField,
    channelField,
    { key: 'text', type: 'long_text', label: named('Text', 'Текст'), read: column('text') },
  ],
  relations: [accountRelation],
})

/** What conversations say about people. */
export const inboxPeople: ObjectExtension = {
  extends: 'person',
  relations: [
    {
      key: 'conversations',
      label: named('Conversations', 'Обращения'),
      target: 'conversation',
      on: (_row, other, _link, owns) => owns(sql`${other}.person_id`),
    },
  ],
  behaviours: [
    messages('inbox.wrote', 'in', named('Wrote to us', 'Писал нам')),
    messages('inbox.answered', 'out', named('Was answered', 'Получил ответ')),
    timelineBehaviour('inbox.conversation_opened', named('Conversation begun', 'Начато обращение')),
    timelineBehaviour('inbox.conversation_closed', named('Conversation closed', 'Закрыто обращение')),
    timelineBehaviour('inbox.conversation_reopened', named('Conversation reopened', 'Обращение открыто снова')),
  ],
}
