import type { z } from 'zod'
import { newOperator, teamDraft } from '#modules/access/contract'
import * as customers from '#modules/customers/contract'
import * as exchange from '#modules/exchange/contract'
import * as inbox from '#modules/inbox/contract'
import * as integrations from '#modules/integrations/contract'
import * as objects from '#modules/objects/contract'

const PERSON = '019a2b4c-7d10-7e3a-9f42-5c1d8e6b0a11'
const OTHER = '019a2b4c-7d10-7e3a-9f42-5c1d8e6b0a12'
const ACCOUNT = '019a2b4c-7d10-7e3a-9f42-5c1d8e6b0a21'
const FILE = '019a2b4c-7d10-7e3a-9f42-5c1d8e6b0a31'
const OPERATOR = '019a2b4c-7d10-7e3a-9f42-5c1d8e6b0a41'

const leadsOfKazan = {
  all: [
    { field: 'stage', op: 'eq', value: 'lead' },
    { field: 'city', op: 'eq', value: 'Казань' },
  ],
}

const example = <Schema extends z.ZodType>(schema: Schema, body: z.input<Schema>): [z.ZodType, unknown] => [
  schema,
  body,
]

/** How the bodies of the main operations look, by their schema: shown in the description of the API. A test sees that each is taken. */
export const examples: ReadonlyMap<z.ZodType, unknown> = new Map([
  example(customers.personDraft, {
    firstName: 'Анна',
    lastName: 'Смирнова',
    stage: 'lead',
    city: 'Казань',
    emails: ['anna@shop.example'],
    phones: ['+7 912 345-67-89'],
    custom: { tariff: 'gold' },
  }),
  example(customers.personPatch, { stage: 'customer', stageReason: 'Оплатила первый заказ', ownerId: OPERATOR }),
  example(customers.companyDraft, {
    name: 'Ромашка',
    legalForm: 'ooo',
    inn: '7707083893',
    site: 'https://romashka.example',
  }),
  example(customers.companyPatch, { city: 'Казань', phones: ['+7 843 200-00-00'] }),
  example(customers.noteDraft, { text: 'Просила звонить после обеда', isPinned: true }),
  example(customers.identityPatch, { shared: true }),
  example(customers.identityMove, { toPersonId: OTHER }),
  example(customers.mergeDraft, { keptId: PERSON, hiddenId: OTHER, choices: { city: OTHER } }),
  example(inbox.newConversation, {
    personId: PERSON,
    accountId: ACCOUNT,
    to: 'anna@shop.example',
    subject: 'Ваш заказ № 1204',
    text: 'Здравствуйте, Анна! Заказ собран.',
  }),
  example(inbox.conversationPatch, { status: 'snoozed', snoozedUntil: '2026-12-01T09:00:00Z', tags: ['доставка'] }),
  example(inbox.newReply, {
    text: 'Отправили сегодня, трек-номер во вложении.',
    files: [FILE],
    seenSeq: 12,
    after: 'wait',
  }),
  example(inbox.newNote, { text: 'Склад подтвердил отправку' }),
  example(objects.objectDraft, {
    key: 'contract',
    label: { one: { ru: 'Договор', en: 'Contract' }, many: { ru: 'Договоры', en: 'Contracts' } },
  }),
  example(objects.recordDraft, { name: 'Договор № 12/26', custom: { signed_on: '2026-11-20', customer: PERSON } }),
  example(objects.fieldDraft, {
    key: 'tariff',
    type: 'choice',
    label: { ru: 'Тариф', en: 'Tariff' },
    options: [
      { key: 'silver', label: { ru: 'Серебряный', en: 'Silver' } },
      { key: 'gold', label: { ru: 'Золотой', en: 'Gold' } },
    ],
  }),
  example(objects.viewDraft, {
    object: 'person',
    name: 'Лиды Казани',
    columns: [{ field: 'name' }, { field: 'city' }, { field: 'custom.tariff' }],
    condition: leadsOfKazan,
    sort: '-createdAt',
    isShared: true,
  }),
  example(objects.conditionQuestion, { object: 'person', condition: leadsOfKazan }),
  example(exchange.listOrder, { object: 'person', format: 'xlsx', fields: ['name', 'phones', 'city'] }),
  example(exchange.importPatch, {
    mapping: [{ target: 'name' }, { target: 'phones' }, { target: null }],
    key: 'phones',
  }),
  example(integrations.webhookDraft, {
    name: 'Магазин',
    url: 'https://shop.example/okno',
    events: ['customers.person_created', 'customers.person_changed'],
  }),
  example(integrations.webhookPatch, { state: 'paused' }),
  example(integrations.replayRange, { from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z', which: 'failed' }),
  example(newOperator, {
    name: 'Мария Лебедева',
    email: 'maria@company.example',
    password: 'a-long-password',
    role: 'operator',
    capacity: 8,
    teamIds: [],
  }),
  example(teamDraft, { name: 'Доставка', operatorIds: [OPERATOR] }),
])
