// Written by `npm run client` from the description of the API. Do not change it by hand.

export type Account = {
  id: string
  kind: string
  name: string
  key: string
  address: string | null
  teamId: string | null
  isEnabled: boolean
  health: 'new' | 'connecting' | 'connected' | 'failing'
  healthReason: string | null
  config?: { [key: string]: unknown }
  capabilities: Capabilities
  can: { edit: boolean }
}

export type AccountDraft = {
  kind?: string
  name?: string
  teamId?: string | null
  config?: { [key: string]: unknown }
  smtp?: unknown
  imap?: unknown
  address?: string
}

export type AccountPatch = {
  name?: string
  teamId?: string | null
  isEnabled?: boolean
  isArchived?: boolean
  config?: { [key: string]: unknown }
}

export type ApiKey = {
  id: string
  name: string
  start: string
  createdAt: string
  lastUsedAt: string | null
  isFixed: boolean
  tools: string[] | null
}

export type ApiKeyDraft = { name: string; tools?: string[] }

export type Archive = {
  id: string
  name: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'ended'
  done: number
  total: number | null
  secondsLeft: number | null
  sizeBytes: number | null
  problem: string | null
  operator: { id: string; name: string }
  createdAt: string
  finishedAt: string | null
  endsAt: string
  takenAt: string | null
  can: { take: boolean; remove: boolean }
}

export type ArchiveOrder = { password: string }

export type Arrival = {
  id: string
  accountId: string
  accountName: string
  kind: string
  key: string
  state: 'new' | 'read' | 'unreadable'
  reason: string | null
  attempts: number
  receivedAt: string
  readAt: string | null
  sizeBytes: number
}

export type AuditEntry = {
  id: string
  at: string
  operator: { id: string; name: string } | null
  action: string
  object: string
  objectId: string | null
  details: { [key: string]: unknown }
  requestId: string | null
}

export type BackupCodeForm = { code: string }

export type Brief = {
  last: Matter | null
  mood: { value: number; of: number; at: string } | null
  promises: {
    kind: 'answer' | 'task' | 'return'
    id: string
    title: string
    dueAt: string | null
    isOverdue: boolean
  }[]
  next: {
    kind:
      | 'answer'
      | 'do_task'
      | 'return_to'
      | 'confirm_same'
      | 'ask_contact'
      | 'ask_name'
      | 'congratulate'
      | 'ask_consent'
    objectId: string | null
    title: string | null
    at: string | null
    isOverdue: boolean
  }[]
}

export type BulkEdit = {
  id: string
  object: string
  field: string
  op: 'set' | 'clear' | 'add' | 'remove'
  value: unknown
  state: 'running' | 'done' | 'stopped' | 'undoing' | 'undone'
  operatorId: string
  operatorName: string
  total: number
  changed: number
  same: number
  failed: number
  undone: number
  leftAlone: number
  createdAt: string
  endedAt: string | null
  can: { stop: boolean; undo: boolean }
}

export type BulkEditDraft = {
  ids?: string[]
  condition?: unknown
  field: string
  op: 'set' | 'clear' | 'add' | 'remove'
  value?: unknown
}

export type BulkRow = {
  id: string
  name: string
  state: 'waiting' | 'changed' | 'same' | 'failed' | 'undone' | 'left'
  problem: string | null
  before: unknown
  after: unknown
}

export type Candidate = {
  a: {
    id: string
    name: string
    firstName: string | null
    lastName: string | null
    middleName: string | null
    stage: 'lead' | 'customer' | 'former'
    ownerId: string | null
    locale: string | null
    timeZone: string | null
    city: string | null
    addressForm: 'familiar' | 'formal' | null
    preferredChannel: string | null
    bestTime: string | null
    birthday: string | null
    note: string
    custom: { [key: string]: unknown }
    origin: string | null
    createdAt: string
    identities: Identity[]
  }
  b: {
    id: string
    name: string
    firstName: string | null
    lastName: string | null
    middleName: string | null
    stage: 'lead' | 'customer' | 'former'
    ownerId: string | null
    locale: string | null
    timeZone: string | null
    city: string | null
    addressForm: 'familiar' | 'formal' | null
    preferredChannel: string | null
    bestTime: string | null
    birthday: string | null
    note: string
    custom: { [key: string]: unknown }
    origin: string | null
    createdAt: string
    identities: Identity[]
  }
  keep: 'a' | 'b'
  choices: { [key: string]: 'a' | 'b' }
  probability: number | null
  bits: number | null
  evidence: { field: string; level: string; weight: number; a: string; b: string }[]
  reasons: { kind: string; value: string }[]
  rule: string | null
  foundAt: string
}

export type Capabilities = {
  formats: ('plain' | 'html')[]
  maxTextLength: number | null
  maxAttachmentBytes: number
  subject: boolean
  replyToMessage: boolean
  receipts: ('delivered' | 'read' | 'failed')[]
  typing: boolean
  reply: 'same_channel' | 'other_channel'
  startConversation: 'always' | 'after_customer_wrote' | 'never'
  replyWindowHours: number | null
  idempotentSend: boolean
}

export type ChannelKind = { kind: string; configSchema: { [key: string]: unknown } }

export type Company = {
  id: string
  name: string
  legalName: string | null
  legalForm: 'ooo' | 'ao' | 'pao' | 'ip' | 'self_employed' | 'state' | 'nonprofit' | 'foreign' | 'other' | null
  inn: string | null
  kpp: string | null
  ogrn: string | null
  bic: string | null
  account: string | null
  site: string | null
  city: string | null
  phones: string[]
  emails: string[]
  addresses: {
    text: string
    postcode?: string
    country?: string
    region?: string
    city?: string
    kind: 'legal' | 'actual' | 'postal' | 'delivery' | 'billing' | 'other'
  }[]
  industry: string | null
  size: 'micro' | 'small' | 'medium' | 'large' | null
  ownerId: string | null
  parentId: string | null
  note: string
  custom: { [key: string]: unknown }
  createdAt: string
  updatedAt: string
  people: Employment[]
  can: { edit: boolean }
}

export type CompanyCard = {
  id: string
  name: string
  legalName: string | null
  legalForm: 'ooo' | 'ao' | 'pao' | 'ip' | 'self_employed' | 'state' | 'nonprofit' | 'foreign' | 'other' | null
  inn: string | null
  kpp: string | null
  ogrn: string | null
  bic: string | null
  account: string | null
  site: string | null
  city: string | null
  phones: string[]
  emails: string[]
  addresses: {
    text: string
    postcode?: string
    country?: string
    region?: string
    city?: string
    kind: 'legal' | 'actual' | 'postal' | 'delivery' | 'billing' | 'other'
  }[]
  industry: string | null
  size: 'micro' | 'small' | 'medium' | 'large' | null
  ownerId: string | null
  parentId: string | null
  note: string
  custom: { [key: string]: unknown }
  createdAt: string
  updatedAt: string
  people: Employment[]
  can: { edit: boolean }
  likenesses: CompanyLikeness[]
}

export type CompanyDraft = {
  name: string
  legalName?: string | null
  legalForm?: 'ooo' | 'ao' | 'pao' | 'ip' | 'self_employed' | 'state' | 'nonprofit' | 'foreign' | 'other' | null
  inn?: string | null
  kpp?: string | null
  ogrn?: string | null
  bic?: string | null
  account?: string | null
  site?: string | null
  city?: string | null
  phones?: string[]
  emails?: string[]
  addresses?: {
    text: string
    postcode?: string
    country?: string
    region?: string
    city?: string
    kind: 'legal' | 'actual' | 'postal' | 'delivery' | 'billing' | 'other'
  }[]
  industry?: string | null
  size?: 'micro' | 'small' | 'medium' | 'large' | null
  ownerId?: string | null
  parentId?: string | null
  note?: string
  custom?: { [key: string]: unknown }
}

export type CompanyLikeness = {
  id: string
  name: string
  inn: string | null
  city: string | null
  same: ('inn' | 'kpp' | 'name')[]
}

export type CompanyPatch = {
  name?: string
  legalName?: string | null
  legalForm?: 'ooo' | 'ao' | 'pao' | 'ip' | 'self_employed' | 'state' | 'nonprofit' | 'foreign' | 'other' | null
  inn?: string | null
  kpp?: string | null
  ogrn?: string | null
  bic?: string | null
  account?: string | null
  site?: string | null
  city?: string | null
  phones?: string[]
  emails?: string[]
  addresses?: {
    text: string
    postcode?: string
    country?: string
    region?: string
    city?: string
    kind: 'legal' | 'actual' | 'postal' | 'delivery' | 'billing' | 'other'
  }[]
  industry?: string | null
  size?: 'micro' | 'small' | 'medium' | 'large' | null
  ownerId?: string | null
  parentId?: string | null
  note?: string
  custom?: { [key: string]: unknown }
}

export type CompanyTimelineEntry = {
  id: string
  at: string
  kind: string
  object: string | null
  objectId: string | null
  data: { [key: string]: unknown }
  person: { id: string; name: string } | null
}

export type CompanyTree = {
  companies: { id: string; name: string; parentId: string | null; people: number }[]
  isCut: boolean
  group: { companies: number; people: number }
  branch: { companies: number; people: number }
}

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | {
      field: string
      op:
        | 'eq'
        | 'ne'
        | 'in'
        | 'not_in'
        | 'has_all'
        | 'contains'
        | 'not_contains'
        | 'starts'
        | 'lt'
        | 'lte'
        | 'gt'
        | 'gte'
        | 'between'
        | 'last'
        | 'next'
        | 'ago'
        | 'ahead'
        | 'during'
        | 'anniversary'
        | 'empty'
        | 'not_empty'
      value?:
        | string
        | number
        | boolean
        | { amount: number; currency: string }
        | (string | number | boolean | { amount: number; currency: string })[]
        | {
            from: string | number | boolean | { amount: number; currency: string }
            to: string | number | boolean | { amount: number; currency: string }
          }
        | { amount: number; unit: 'hour' | 'day' | 'week' | 'month' | 'year' }
        | 'today'
        | 'yesterday'
        | 'tomorrow'
        | 'this_week'
        | 'last_week'
        | 'next_week'
        | 'this_month'
        | 'last_month'
        | 'next_month'
        | 'this_quarter'
        | 'last_quarter'
        | 'this_year'
        | 'last_year'
    }
  | { relation: string; count?: { op: 'eq' | 'gte' | 'lte'; value: number }; where?: Condition }
  | {
      behaviour: string
      count?: { op: 'eq' | 'gte' | 'lte'; value: number }
      within?:
        | { last: { amount: number; unit: 'hour' | 'day' | 'week' | 'month' | 'year' } }
        | {
            during:
              | 'today'
              | 'yesterday'
              | 'tomorrow'
              | 'this_week'
              | 'last_week'
              | 'next_week'
              | 'this_month'
              | 'last_month'
              | 'next_month'
              | 'this_quarter'
              | 'last_quarter'
              | 'this_year'
              | 'last_year'
          }
        | { from?: unknown & unknown; to?: unknown & unknown }
      where?: Condition
    }

export type ConditionAnswer = {
  condition: Condition | null
  sentence: { en: string; ru: string } | null
  problems: { pointer: string; code: string; message: string }[]
}

export type ConditionQuestion = { object: string; condition: unknown }

export type Consent = {
  id: string
  purpose: string
  channel: string | null
  textVersion: number
  text: string
  source: string
  ground: string | null
  operatorName: string | null
  givenAt: string
  withdrawnAt: string | null
  withdrawnSource: string | null
  withdrawnReason: string | null
  withdrawnBy: string | null
}

export type ConsentDraft = {
  purpose: string
  channel?: 'email' | 'phone' | 'sms' | 'webchat' | 'messenger' | 'post' | null
  text: string
  textVersion?: number
  ground: 'form' | 'paper' | 'call' | 'message' | 'contract'
  givenAt?: string
}

export type Conversation = {
  id: string
  number: number
  person: { id: string; name: string }
  account: { id: string; name: string; kind: string } | null
  subject: string
  status: 'new' | 'open' | 'waiting' | 'snoozed' | 'closed'
  priority: 'low' | 'normal' | 'high' | 'urgent'
  owner: { id: string; name: string } | null
  team: { id: string; name: string } | null
  tags: string[]
  lastSeq: number
  lastMessageAt: string
  lastText: string
  lastDirection: 'in' | 'out' | 'note' | 'event'
  waitingSince: string | null
  dueAt: string | null
  limitAt: string | null
  firstAnswerSeconds: number | null
  snoozedUntil: string | null
  closedAt: string | null
  routing: Line | null
  unread: number
  custom: { [key: string]: unknown }
  createdAt: string
  can: { reply: boolean; assign: boolean }
}

export type ConversationPatch = {
  status?: 'open' | 'waiting' | 'snoozed' | 'closed'
  seenSeq?: number
  snoozedUntil?: unknown
  ownerId?: string | null
  teamId?: string | null
  priority?: 'low' | 'normal' | 'high' | 'urgent'
  subject?: string
  tags?: string[]
  custom?: { [key: string]: unknown }
  handover?: string
}

export type Counted = { count: number; precision: 'exact' | 'at_least' | 'about' }

export type CreatedApiKey = {
  id: string
  name: string
  start: string
  createdAt: string
  lastUsedAt: string | null
  isFixed: boolean
  tools: string[] | null
  key: string
}

export type CustomRecord = {
  id: string
  object: string
  name: string
  custom: { [key: string]: unknown }
  isArchived: boolean
  createdAt: string
  updatedAt: string
  can: { edit: boolean }
}

export type DataStanding = { restrictedAt: string | null; restrictedReason: string | null; erasedAt: string | null }

export type Decided = { done: number; failed: { personId: string; otherId: string; code: string }[] }

export type Decisions = { decision: 'merge' | 'dismiss'; pairs: { personId: string; otherId: string }[] }

export type DeliveryDetails = {
  id: string
  eventId: string
  type: string
  object: string
  state: 'queued' | 'sending' | 'delivered' | 'given_up'
  attempts: number
  occurredAt: string
  nextTryAt: string | null
  settledAt: string | null
  status: number | null
  reason: string | null
  reasonCode: 'refused' | 'silent' | 'unreachable' | 'private' | 'interrupted' | 'unwritten' | null
  body: string | null
  tries: WebhookAttempt[]
}

export type Draft = { mode: 'reply' | 'note'; text: string; fileIds: string[] }

export type DraftInput = { mode: 'reply' | 'note'; text: string; fileIds?: string[] }

export type Employment = {
  id: string
  personId: string
  personName: string
  companyId: string
  companyName: string
  position: string | null
  roles: ('decides' | 'influences' | 'uses' | 'signs' | 'pays' | 'gatekeeper')[]
  since: string | null
  until: string | null
  isMain: boolean
  isFormer: boolean
}

export type EmploymentDraft = {
  position?: string | null
  roles?: ('decides' | 'influences' | 'uses' | 'signs' | 'pays' | 'gatekeeper')[]
  since?: string | null
  until?: string | null
  isMain?: boolean
}

export type Erasure = {
  id: string
  personId: string
  erasedAt: string
  operatorName: string
  ground: 'request' | 'withdrawn' | 'purpose_reached' | 'unlawful' | 'repeated'
  note: string
  counts: { [key: string]: number }
  identityCount: number
  checkedAt: string | null
  mentions: { table: string; rows: number }[] | null
}

export type ErasureDraft = {
  name: string
  ground: 'request' | 'withdrawn' | 'purpose_reached' | 'unlawful'
  note?: string
}

export type ErasureQuestion = { value: string }

export type EventType = {
  type: string
  version: number
  about: string
  object: string | null
  schema: { [key: string]: unknown }
}

export type FieldDraft = {
  key?: string
  type:
    | 'text'
    | 'long_text'
    | 'number'
    | 'money'
    | 'date'
    | 'time'
    | 'datetime'
    | 'boolean'
    | 'choice'
    | 'multi_choice'
    | 'reference'
    | 'phone'
    | 'email'
    | 'url'
    | 'address'
    | 'file'
    | 'formula'
  label: { en: string; ru: string }
  help?: { en: string; ru: string } | null
  options?: { key: string; label: { en: string; ru: string }; isArchived?: boolean }[]
  target?: string
  isRequired?: boolean
  isUnique?: boolean
  default?: unknown
  formula?: string
  rights?: { read: 'operator' | 'supervisor' | 'administrator'; edit: 'operator' | 'supervisor' | 'administrator' }
}

export type FieldIndexes = {
  items: {
    field: string
    state: 'building' | 'ready' | 'failed'
    problem: string | null
    askedAt: string
    endedAt: string | null
  }[]
  possible: string[]
  most: number
  used: number
}

export type FieldPatch = {
  label?: { en: string; ru: string }
  help?: { en: string; ru: string } | null
  options?: { key: string; label: { en: string; ru: string }; isArchived?: boolean }[]
  isRequired?: boolean
  isUnique?: boolean
  default?: unknown | null
  formula?: string
  rights?: { read: 'operator' | 'supervisor' | 'administrator'; edit: 'operator' | 'supervisor' | 'administrator' }
  isArchived?: boolean
  position?: number
}

export type FieldProposal = {
  column: number
  label: string
  type: 'boolean' | 'number' | 'date' | 'choice' | 'text' | 'long_text'
  fits: ('boolean' | 'number' | 'date' | 'choice' | 'text' | 'long_text')[]
  options: string[]
  rows: number
}

export type FieldValues = { id: string; name: string; picture?: string; values: { [key: string]: unknown } }

export type FormulaAnswer = {
  type: 'number' | 'text' | 'boolean' | 'date' | null
  trial: { id: string; name: string; value: unknown; given: { [key: string]: unknown } } | null
  fault: { fault: string; at: number; params: { [key: string]: string | number }; message: string } | null
}

export type FormulaQuestion = { formula: string; id?: string }

export type Found = { object: 'person' | 'company'; id: string; name: string; detail: string }

export type Groups = {
  items: { value: string | boolean | null; name: string | null; counted: Counted | null }[]
  nextCursor: string | null
  isWhole: boolean
  rest: { counted: Counted | null } | null
}

export type Household = {
  members: { personId: string; name: string; part: string | null }[]
  shared: { kind: string; value: string }[]
}

export type HouseholdMember = { part?: string | null }

export type Identity = {
  id: string
  kind: 'email' | 'phone' | 'visitor' | 'external' | 'channel'
  scope: string
  value: string
  proven: boolean
  shared: boolean
  personId: string
  evidence: ({ source: string; at: string } & { [key: string]: unknown })[]
  firstSeenAt: string
  lastSeenAt: string
}

export type IdentityMove = { toPersonId: string }

export type IdentityPatch = { shared: boolean }

export type ImportCard = {
  id: string
  object: string
  fileName: string
  sizeBytes: number
  state: 'mapping' | 'checking' | 'checked' | 'running' | 'stopped' | 'done' | 'failed' | 'undoing' | 'undone'
  reading: {
    format: 'csv' | 'xlsx' | 'vcard' | 'json'
    encoding:
      | 'utf-8'
      | 'utf-16le'
      | 'utf-16be'
      | 'windows-1251'
      | 'koi8-r'
      | 'ibm866'
      | 'x-mac-cyrillic'
      | 'windows-1252'
    delimiter: string
    hasHeader: boolean
    sheet: string | null
    sheets: string[]
  }
  preset: string | null
  key: string | null
  onMatch: 'update' | 'fill' | 'skip'
  isProven: boolean
  expected: { created: number; changed: number; joined: number; same: number; refused: number; remarked: number } | null
  result: { created: number; changed: number; joined: number; same: number; refused: number; remarked: number } | null
  undo: { removed: number; restored: number; left: number } | null
  done: number
  total: number | null
  searched: number | null
  secondsLeft: number | null
  problem: { code: string; params: { [key: string]: unknown } } | null
  operatorName: string
  createdAt: string
  finishedAt: string | null
  can: { map: boolean; check: boolean; run: boolean; stop: boolean; undo: boolean; prove: boolean; addFields: boolean }
  columns: {
    name: string
    examples: string[]
    target: string | null
    dates: 'dmy' | 'mdy' | 'ymd' | null
    why: 'memory' | 'preset' | 'name' | 'values' | null
  }[]
  targets: {
    key: string
    label: { en: string; ru: string }
    type: string
    isMany: boolean
    isRequired: boolean
    isKey: boolean
  }[]
  operators: { name: string; operatorId: string | null }[]
  othersOperatorId: string | null
}

export type ImportJob = {
  id: string
  object: string
  fileName: string
  sizeBytes: number
  state: 'mapping' | 'checking' | 'checked' | 'running' | 'stopped' | 'done' | 'failed' | 'undoing' | 'undone'
  reading: {
    format: 'csv' | 'xlsx' | 'vcard' | 'json'
    encoding:
      | 'utf-8'
      | 'utf-16le'
      | 'utf-16be'
      | 'windows-1251'
      | 'koi8-r'
      | 'ibm866'
      | 'x-mac-cyrillic'
      | 'windows-1252'
    delimiter: string
    hasHeader: boolean
    sheet: string | null
    sheets: string[]
  }
  preset: string | null
  key: string | null
  onMatch: 'update' | 'fill' | 'skip'
  isProven: boolean
  expected: { created: number; changed: number; joined: number; same: number; refused: number; remarked: number } | null
  result: { created: number; changed: number; joined: number; same: number; refused: number; remarked: number } | null
  undo: { removed: number; restored: number; left: number } | null
  done: number
  total: number | null
  searched: number | null
  secondsLeft: number | null
  problem: { code: string; params: { [key: string]: unknown } } | null
  operatorName: string
  createdAt: string
  finishedAt: string | null
  can: { map: boolean; check: boolean; run: boolean; stop: boolean; undo: boolean; prove: boolean; addFields: boolean }
}

export type ImportPatch = {
  reading?: {
    encoding?:
      | 'utf-8'
      | 'utf-16le'
      | 'utf-16be'
      | 'windows-1251'
      | 'koi8-r'
      | 'ibm866'
      | 'x-mac-cyrillic'
      | 'windows-1252'
    delimiter?: string
    hasHeader?: boolean
    sheet?: string | null
  }
  mapping?: { target: string | null; dates?: 'dmy' | 'mdy' | 'ymd' | null }[]
  key?: string | null
  onMatch?: 'update' | 'fill' | 'skip'
  isProven?: boolean
  operators?: { name: string; operatorId: string | null }[]
  othersOperatorId?: string | null
}

export type ImportRow = {
  number: number
  cells: string[]
  outcome: 'created' | 'changed' | 'joined' | 'same' | 'refused'
  card: { id: string | null; name: string } | null
  by: { kind: string; value: string } | null
  changes: { field: string; before: unknown; after: unknown }[]
  alike: { personId: string; name: string; kind: string; value: string }[]
  reasons: { code: string; field?: string; params?: { [key: string]: string } }[]
  remarks: { code: string; field?: string; params?: { [key: string]: string } }[]
  joinedRow: number | null
  undone: {
    kind: 'removed' | 'restored' | 'left'
    left: { code: string; field?: string; params?: { [key: string]: string } }[]
  } | null
}

export type InboxSettings = {
  firstAnswerMinutes: number
  nextAnswerMinutes: number
  limitMinutes: number
  reopenDays: number
  businessHours: {
    mon: [string, string][]
    tue: [string, string][]
    wed: [string, string][]
    thu: [string, string][]
    fri: [string, string][]
    sat: [string, string][]
    sun: [string, string][]
    holidays: string[]
  }
}

export type KeptErasures = { items: { id: string; cards: string[]; erasedAt: string; identities: string[] }[] }

export type KeptErasuresInput = { items: { id: string; cards: string[]; erasedAt: string; identities: string[] }[] }

export type Layout = {
  object: 'person' | 'company'
  reader: 'everybody' | 'operator' | 'supervisor' | 'administrator'
  blocks: { id: string; isHidden: boolean }[]
}

export type LayoutDraft = { blocks: { id: string; isHidden: boolean }[] }

export type Likeness = {
  personId: string
  name: string
  reasons: { kind: string; value: string }[]
  probability: number | null
  evidence: { field: string; level: string; weight: number; a: string; b: string }[]
}

export type Line = {
  code:
    | 'queued'
    | 'nobody_present'
    | 'nobody_free'
    | 'automatic'
    | 'owner_present'
    | 'least_loaded'
    | 'taken'
    | 'assigned'
    | 'returned'
    | 'started'
    | 'closed'
    | 'reopened'
    | 'reopened_by_customer'
    | 'snoozed'
    | 'woke'
    | 'set_waiting'
    | 'channel_switched'
    | 'answer_failed'
    | 'resent'
    | 'sent_by_mail'
    | 'team_changed'
    | 'subject_changed'
    | 'priority_changed'
    | 'person_changed'
    | 'message_moved'
    | 'message_came'
    | 'tags_changed'
  params: { [key: string]: string | number }
}

export type ListedTask = {
  id: string
  personId: string
  title: string
  dueAt: string | null
  assigneeId: string | null
  doneAt: string | null
  doneBy: string | null
  operatorName: string
  createdAt: string
  personName: string
  assigneeName: string | null
}

export type ListOrder = {
  object: string
  format: 'csv' | 'xlsx' | 'jsonl' | 'vcard'
  fields: string[]
  q?: string
  filter?: string
  sort?: string
  delimiter?: ',' | ';'
  locale?: 'ru' | 'en'
  withRestricted?: boolean
}

export type MadeExport = {
  id: string
  kind: 'list' | 'person'
  name: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'ended'
  done: number
  total: number | null
  sizeBytes: number | null
  problem: string | null
  createdAt: string
  endsAt: string
}

export type Matching = {
  auto: number
  review: number
  joinsByItself: boolean
  learnedAt: string | null
  learnedFrom: number
  scan: {
    state: 'running' | 'done' | 'stopped'
    phase: 'index' | 'learn' | 'compare'
    position: string | null
    cards: number
    pairs: number
    found: number
    progress: number
    startedAt: string
    endedAt: string | null
  } | null
  rules: { rule: string; open: number; merged: number; dismissed: number; precision: number | null }[]
  can: { edit: boolean }
}

export type MatchingSettings = { auto: number; review: number; joinsByItself: boolean }

export type Matter = {
  object: 'conversation'
  id: string
  number: number
  title: string
  state: 'waiting' | 'answered' | 'snoozed' | 'closed'
  lastText: string
  lastFrom: 'customer' | 'us'
  lastAt: string
  waitingSince: string | null
  dueAt: string | null
  until: string | null
}

export type Me = {
  operator: {
    id: string
    name: string
    email: string
    role: 'operator' | 'supervisor' | 'administrator'
    capacity: number
    teamIds: string[]
    availability: 'available' | 'away'
    isPresent: boolean
    isArchived: boolean
    locale: 'ru' | 'en'
  }
  workspace: Workspace
  permissions: string[]
  twoFactorEnabled: boolean
}

export type MePatch = { name?: string; locale?: 'ru' | 'en'; availability?: 'available' | 'away' }

export type Merge = {
  id: string
  keptId: string
  keptName: string
  hiddenId: string
  hiddenName: string
  evidence: { field: string; level: string; weight: number; a: string; b: string }[]
  taken: { [key: string]: { before: unknown; after: unknown; from: string } }
  operatorName: string
  isAutomatic: boolean
  mergedAt: string
  undoneAt: string | null
  undoneBy: string | null
}

export type MergeDraft = { keptId: string; hiddenId: string; choices?: { [key: string]: string } }

export type Message = {
  id: string
  conversationId: string
  seq: number
  direction: 'in' | 'out' | 'note' | 'event'
  channel: string | null
  account: { id: string; name: string } | null
  from: { name: string; address: string | null; operatorId: string | null; personId: string | null }
  to: string | null
  subject: string | null
  text: string
  quoted: string | null
  html: string | null
  files: {
    id: string
    name: string
    mime: string
    sizeBytes: number
    isInline: boolean
    contentId: string | null
    url: string
  }[]
  automatic: 'auto_reply' | 'bounce' | 'mailing_list' | 'notification' | null
  context: { [key: string]: string }
  event: Line | null
  sentAt: string
  editedAt: string | null
  isDeleted: boolean
  delivery: {
    state: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown'
    reason: string | null
    reasonCode: string | null
  } | null
  can: { resend: boolean }
}

export type Named = { id: string; name: string }

export type NewBackupCodes = { backupCodes: string[] }

export type NewConversation = {
  personId: string
  accountId: string
  to: string
  subject?: string
  text?: string
  html?: string
  files?: string[]
}

export type NewField = {
  column: number
  label: string
  type: 'boolean' | 'number' | 'date' | 'choice' | 'text' | 'long_text'
}

export type NewNote = { text: string; files?: string[] }

export type NewOperator = {
  name: string
  email: string
  password: string
  role?: 'operator' | 'supervisor' | 'administrator'
  capacity?: number
  teamIds?: string[]
}

export type NewPassword = { password: string; resetTwoFactor?: boolean }

export type NewReply = {
  text?: string
  html?: string
  files?: string[]
  accountId?: string
  subject?: string
  seenSeq?: number
  after?: 'close' | 'wait'
}

export type Note = {
  id: string
  text: string
  isPinned: boolean
  operatorId: string | null
  operatorName: string
  createdAt: string
  editedAt: string | null
  versions: { text: string; at: string; by: string }[]
}

export type NoteDraft = { text: string; isPinned?: boolean }

export type NotePatch = { text?: string; isPinned?: boolean }

export type ObjectDraft = { key?: string; label: { one: { en: string; ru: string }; many: { en: string; ru: string } } }

export type ObjectPatch = {
  label?: { one: { en: string; ru: string }; many: { en: string; ru: string } }
  isArchived?: boolean
}

export type Operator = {
  id: string
  name: string
  email: string
  role: 'operator' | 'supervisor' | 'administrator'
  capacity: number
  teamIds: string[]
  availability: 'available' | 'away'
  isPresent: boolean
  isArchived: boolean
}

export type OperatorPatch = {
  name?: string
  role?: 'operator' | 'supervisor' | 'administrator'
  capacity?: number
  teamIds?: string[]
  isArchived?: boolean
}

export type OwnDay = {
  waiting: number
  answered: number
  firstAnswerMedianSeconds: number | null
  firstAnswers: number
  firstAnswersWithinHour: number
  closed: number
}

export type PasswordChange = { currentPassword: string; newPassword: string }

export type PasswordForm = { password: string }

export type Person = {
  id: string
  name: string
  firstName: string | null
  lastName: string | null
  middleName: string | null
  stage: 'lead' | 'customer' | 'former'
  ownerId: string | null
  locale: string | null
  timeZone: string | null
  city: string | null
  addressForm: 'familiar' | 'formal' | null
  preferredChannel: string | null
  bestTime: string | null
  birthday: string | null
  note: string
  custom: { [key: string]: unknown }
  origin: string | null
  createdAt: string
  updatedAt: string
  identities: Identity[]
  can: { edit: boolean }
}

export type PersonCard = {
  id: string
  name: string
  firstName: string | null
  lastName: string | null
  middleName: string | null
  stage: 'lead' | 'customer' | 'former'
  ownerId: string | null
  locale: string | null
  timeZone: string | null
  city: string | null
  addressForm: 'familiar' | 'formal' | null
  preferredChannel: string | null
  bestTime: string | null
  birthday: string | null
  note: string
  custom: { [key: string]: unknown }
  origin: string | null
  createdAt: string
  updatedAt: string
  identities: Identity[]
  can: { edit: boolean }
  employments: Employment[]
  consents: Consent[]
  likenesses: Likeness[]
  mergedCount: number
  photoId: string | null
  stages: StageStep[]
  preferences: Preference[]
  tasks: Task[]
  notes: Note[]
  relations: Relation[]
}

export type PersonDraft = {
  name?: string
  firstName?: string | null
  lastName?: string | null
  middleName?: string | null
  stage?: 'lead' | 'customer' | 'former'
  ownerId?: string | null
  locale?: string | null
  timeZone?: string | null
  city?: string | null
  addressForm?: 'familiar' | 'formal' | null
  preferredChannel?: 'email' | 'phone' | 'sms' | 'webchat' | 'messenger' | 'post' | null
  bestTime?: string | null
  birthday?: string | null
  note?: string
  custom?: { [key: string]: unknown }
  emails?: string[]
  phones?: string[]
  companyIds?: string[]
}

export type PersonFile = {
  id: string
  name: string
  mime: string
  sizeBytes: number
  at: string
  by: string | null
  conversationId: string | null
}

export type PersonMove = {
  scope: 'message' | 'conversation' | 'address'
  messageId?: string
  personId?: string
  name?: string
}

export type PersonPatch = {
  name?: string
  firstName?: string | null
  lastName?: string | null
  middleName?: string | null
  stage?: 'lead' | 'customer' | 'former'
  ownerId?: string | null
  locale?: string | null
  timeZone?: string | null
  city?: string | null
  addressForm?: 'familiar' | 'formal' | null
  preferredChannel?: 'email' | 'phone' | 'sms' | 'webchat' | 'messenger' | 'post' | null
  bestTime?: string | null
  birthday?: string | null
  note?: string
  custom?: { [key: string]: unknown }
  emails?: string[]
  phones?: string[]
  companyIds?: string[]
  stageReason?: string
}

export type Preference = {
  channel: 'email' | 'phone' | 'sms' | 'webchat' | 'messenger' | 'post'
  purpose: string
  isWelcome: boolean
  perMonth: number | null
  changedAt: string
  changedBy: string
}

export type PreferenceDraft = {
  channel: 'email' | 'phone' | 'sms' | 'webchat' | 'messenger' | 'post'
  purpose: string
  isWelcome: boolean | null
  perMonth?: number | null
}

export type RecordDraft = { name: string; custom?: { [key: string]: unknown } }

export type RecordPatch = { name?: string; custom?: { [key: string]: unknown }; isArchived?: boolean }

export type Relation = {
  id: string
  personId: string
  name: string
  kind:
    | 'spouse'
    | 'parent'
    | 'child'
    | 'sibling'
    | 'relative'
    | 'friend'
    | 'colleague'
    | 'manager'
    | 'subordinate'
    | 'assistant'
    | 'principal'
    | 'recommended_by'
    | 'recommended'
    | 'other'
  note: string | null
  operatorName: string
  createdAt: string
}

export type RelationDraft = {
  otherId: string
  kind:
    | 'spouse'
    | 'parent'
    | 'child'
    | 'sibling'
    | 'relative'
    | 'friend'
    | 'colleague'
    | 'manager'
    | 'subordinate'
    | 'assistant'
    | 'principal'
    | 'recommended_by'
    | 'recommended'
    | 'other'
  note?: string | null
}

export type Repeated = { erased: number }

export type ReplayRange = { from: string; to: string; which?: 'failed' | 'all' }

export type ReplyRoute = {
  accountId: string
  name: string
  kind: string
  address: string | null
  isDefault: boolean
  allowed: boolean
  until: string | null
  reasonCode: 'inbox.account_disabled' | 'inbox.window_closed' | 'inbox.person_restricted' | null
  capabilities: Capabilities
}

export type RestrictionDraft = { reason?: string }

export type RowPage = {
  items: FieldValues[]
  nextCursor: string | null
  names: { [key: string]: { [key: string]: string } }
  can: { edit: boolean }
}

export type SandboxApi = {
  accountId: string
  message: { [key: string]: unknown }
  duplicates?: number
  delayMs?: number
}

export type SandboxFaults = {
  mail?: { kind: 'none' } | { kind: 'drop' } | { kind: 'reject' } | { kind: 'busy' } | { kind: 'delay'; ms: number }
  webhook?: { kind: 'answer'; status?: number; delayMs?: number } | { kind: 'cut' }
  intake?: { accountId: string; duplicates?: number; delayMs?: number; isDown?: boolean }
}

export type SandboxMail = {
  accountId: string
  from: string
  name?: string
  to?: string
  subject?: string
  text: string
  html?: string
  inReplyTo?: string
  references?: string
  duplicates?: number
  delayMs?: number
}

export type SandboxMailbox = {
  at: string
  from: string
  fromName: string
  to: string[]
  subject: string
  text: string
  html: string
  messageId: string
  replyTo: string | null
  references: string
  files: string[]
}

export type SandboxState = {
  isOn: boolean
  smtpPort: number | null
  mailFault: { kind: 'none' } | { kind: 'drop' } | { kind: 'reject' } | { kind: 'busy' } | { kind: 'delay'; ms: number }
  intake: { accountId: string; duplicates: number; delayMs: number; isDown: boolean }[]
  accounts: { id: string; name: string; kind: string; address: string | null }[]
}

export type SandboxWebhook = { at: string; accountId: string; status: number | null; body: string }

export type Session = {
  id: string
  device: string | null
  address: string | null
  createdAt: string
  lastUsedAt: string
  isCurrent: boolean
}

export type SignedIn = { twoFactorRedirect: boolean }

export type SignInForm = { email: string; password: string; rememberMe?: boolean }

export type Snippet = { id: string; shortcut: string; title: string; text: string }

export type SnippetDraft = { shortcut: string; title: string; text: string }

export type Speakers = {
  address: { id: string; personId: string; kind: string; value: string; isShared: boolean } | null
  people: { id: string; name: string; why: 'address' | 'household' }[]
  names: string[]
  can: { move: boolean }
}

export type StageStep = { stage: string; since: string; by: string | null; reason: string | null }

export type Task = {
  id: string
  personId: string
  title: string
  dueAt: string | null
  assigneeId: string | null
  doneAt: string | null
  doneBy: string | null
  operatorName: string
  createdAt: string
}

export type TaskCounts = { overdue: number; today: number; later: number; undated: number }

export type TaskDraft = { title: string; dueAt?: string | null; assigneeId?: string | null }

export type TaskPatch = { title?: string; dueAt?: string | null; assigneeId?: string | null; isDone?: boolean }

export type Team = { id: string; name: string; operatorIds: string[] }

export type TeamDraft = { name: string; operatorIds?: string[] }

export type TeamPatch = { name?: string; operatorIds?: string[] }

export type TimelineEntry = {
  id: string
  at: string
  kind: string
  object: string | null
  objectId: string | null
  data: { [key: string]: unknown }
}

export type TimelinePage = {
  items: TimelineEntry[]
  nextCursor: string | null
  previousCursor: string | null
  searchedTo: string | null
}

export type TotpForm = { code: string }

export type Trial = {
  auto: { merged: number; dismissed: number; open: number }
  review: { merged: number; dismissed: number; open: number }
  no: { merged: number; dismissed: number; open: number }
}

export type TwoFactorSetup = { totpURI: string; backupCodes: string[] }

export type View = {
  id: string
  object: string
  name: string
  ownerId: string
  isShared: boolean
  columns: ViewColumn[]
  condition: Condition | null
  sort: string
  groupBy: string | null
  createdAt: string
  updatedAt: string
  can: { edit: boolean; share: boolean }
}

export type ViewColumn = { field: string; width?: number }

export type ViewColumnInput = { field: string; width?: number }

export type ViewCounts = {
  mine: number
  unassigned: number
  all: number
  at_risk: number
  oldestWaiting: { mine: string | null; unassigned: string | null; all: string | null }
}

export type ViewDraft = {
  object: string
  name: string
  isShared?: boolean
  columns: ViewColumnInput[]
  condition?: unknown
  sort?: string
  groupBy?: string | null
}

export type ViewList = { items: View[]; nextCursor: null; can: { share: boolean } }

export type ViewPatch = {
  name?: string
  isShared?: boolean
  columns?: ViewColumnInput[]
  condition?: unknown
  sort?: string
  groupBy?: string | null
}

export type Webhook = {
  id: string
  name: string
  url: string
  events: string[]
  withObject: boolean
  allowPrivateAddresses: boolean
  state: 'active' | 'paused' | 'off'
  offBecause: 'gone' | 'failing' | null
  failingSince: string | null
  lastReason: string | null
  lastReasonCode: 'refused' | 'silent' | 'unreachable' | 'private' | 'interrupted' | 'unwritten' | null
  lastTakenAt: string | null
  waiting: number
  oldSecretUntil: string | null
  createdAt: string
}

export type WebhookAttempt = {
  id: string
  at: string
  tookMs: number
  status: number | null
  reason: string | null
  reasonCode: 'refused' | 'silent' | 'unreachable' | 'private' | 'interrupted' | 'unwritten' | null
  answer: string
}

export type WebhookDelivery = {
  id: string
  eventId: string
  type: string
  object: string
  state: 'queued' | 'sending' | 'delivered' | 'given_up'
  attempts: number
  occurredAt: string
  nextTryAt: string | null
  settledAt: string | null
  status: number | null
  reason: string | null
  reasonCode: 'refused' | 'silent' | 'unreachable' | 'private' | 'interrupted' | 'unwritten' | null
}

export type WebhookDraft = {
  name: string
  url: string
  events: string[]
  withObject?: boolean
  allowPrivateAddresses?: boolean
}

export type WebhookPatch = {
  name?: string
  url?: string
  events?: string[]
  withObject?: boolean
  allowPrivateAddresses?: boolean
  state?: 'active' | 'paused'
}

export type WebhookWithSecret = {
  id: string
  name: string
  url: string
  events: string[]
  withObject: boolean
  allowPrivateAddresses: boolean
  state: 'active' | 'paused' | 'off'
  offBecause: 'gone' | 'failing' | null
  failingSince: string | null
  lastReason: string | null
  lastReasonCode: 'refused' | 'silent' | 'unreachable' | 'private' | 'interrupted' | 'unwritten' | null
  lastTakenAt: string | null
  waiting: number
  oldSecretUntil: string | null
  createdAt: string
  secret: string
}

export type Why = { isTrue: boolean; parts: { pointer: string; isTrue: boolean }[] }

export type WhyQuestion = { object: string; condition: unknown; id: string }

export type Withdrawal = { ground: 'form' | 'paper' | 'call' | 'message' | 'contract'; reason?: string | null }

export type Workspace = { id: string; name: string; locale: 'ru' | 'en'; timeZone: string }

export type WorkspacePatch = { name?: string; locale?: 'ru' | 'en'; timeZone?: string }

export type WrittenValues = { values: { [key: string]: unknown } }

/** What went wrong. `code` is stable: programs and translations go by it. */
export type Problem = {
  /** Where the code is explained. */ type: string
  title: string
  status: number /** One English sentence for developers. */
  detail: string
  code: string
  params?: { [key: string]: string | number } /** One entry for each field that is wrong. */
  errors?: { path: string; code: string; message: string }[] /** Finds the request in the log of the server. */
  requestId?: string
}

/** Codes of problems that are explained at `/api/problems/<code>`. */
export type ProblemCode =
  | 'access.email_taken'
  | 'access.fixed_key'
  | 'access.forbidden'
  | 'access.invalid_backup_code'
  | 'access.invalid_code'
  | 'access.invalid_email_or_password'
  | 'access.invalid_password'
  | 'access.key_for_tools'
  | 'access.key_not_found'
  | 'access.last_administrator'
  | 'access.operator_not_found'
  | 'access.own_password'
  | 'access.own_role'
  | 'access.password_too_short'
  | 'access.session_not_found'
  | 'access.sign_in_required'
  | 'access.team_name_taken'
  | 'access.team_not_found'
  | 'access.too_many_attempts'
  | 'access.unknown_operator'
  | 'access.unknown_team'
  | 'channels.account_not_found'
  | 'channels.address_taken'
  | 'channels.arrival_not_found'
  | 'channels.config_invalid'
  | 'channels.kind_unknown'
  | 'channels.sandbox_no_mail'
  | 'channels.team_unknown'
  | 'channels.unknown_key'
  | 'customers.account_bic'
  | 'customers.account_check'
  | 'customers.account_length'
  | 'customers.already_merged'
  | 'customers.bic_form'
  | 'customers.choice_unknown'
  | 'customers.company_not_found'
  | 'customers.company_ring'
  | 'customers.company_too_deep'
  | 'customers.company_unknown'
  | 'customers.consent_not_found'
  | 'customers.consent_time'
  | 'customers.consent_withdrawn'
  | 'customers.employment_dates'
  | 'customers.employment_not_found'
  | 'customers.erased'
  | 'customers.household_full'
  | 'customers.household_not_found'
  | 'customers.household_other'
  | 'customers.identity_not_found'
  | 'customers.identity_not_shareable'
  | 'customers.inn_check'
  | 'customers.inn_check_two'
  | 'customers.inn_length'
  | 'customers.kpp_form'
  | 'customers.kpp_of_entrepreneur'
  | 'customers.likeness_not_found'
  | 'customers.merge_itself'
  | 'customers.merge_not_found'
  | 'customers.merge_undone'
  | 'customers.merged_elsewhere'
  | 'customers.name_differs'
  | 'customers.name_required'
  | 'customers.note_names_person'
  | 'customers.note_not_found'
  | 'customers.note_of_another'
  | 'customers.ogrn_begin'
  | 'customers.ogrn_check'
  | 'customers.ogrn_length'
  | 'customers.ogrn_of_other'
  | 'customers.owner_unknown'
  | 'customers.person_not_found'
  | 'customers.photo_wrong'
  | 'customers.relation_itself'
  | 'customers.relation_known'
  | 'customers.relation_not_found'
  | 'customers.requisites_wrong'
  | 'customers.restricted'
  | 'customers.task_not_found'
  | 'customers.thresholds'
  | 'exchange.archive_failed'
  | 'exchange.archive_interrupted'
  | 'exchange.archive_not_found'
  | 'exchange.archive_under_way'
  | 'exchange.disk_full'
  | 'exchange.empty_file'
  | 'exchange.export_failed'
  | 'exchange.export_not_found'
  | 'exchange.export_not_ready'
  | 'exchange.file_gone'
  | 'exchange.import_not_found'
  | 'exchange.mapping_wrong'
  | 'exchange.not_json'
  | 'exchange.not_people'
  | 'exchange.not_xlsx'
  | 'exchange.object_unknown'
  | 'exchange.other'
  | 'exchange.row_too_long'
  | 'exchange.too_many_columns'
  | 'exchange.too_many_rows'
  | 'exchange.type_unfit'
  | 'exchange.unknown_format'
  | 'exchange.unpacks_too_large'
  | 'exchange.wrong_state'
  | 'file.not_found'
  | 'inbox.account_disabled'
  | 'inbox.address_unknown'
  | 'inbox.conversation_not_found'
  | 'inbox.files_not_taken'
  | 'inbox.files_too_large'
  | 'inbox.message_not_found'
  | 'inbox.no_route'
  | 'inbox.person_restricted'
  | 'inbox.reply_empty'
  | 'inbox.reply_too_long'
  | 'inbox.same_person'
  | 'inbox.snippet_exists'
  | 'inbox.snippet_not_found'
  | 'inbox.snooze_time'
  | 'inbox.team_not_found'
  | 'inbox.thread_moved'
  | 'integrations.delivery_not_found'
  | 'integrations.event_unknown'
  | 'integrations.too_many_webhooks'
  | 'integrations.webhook_not_found'
  | 'integrations.webhook_off'
  | 'objects.bulk_empty'
  | 'objects.bulk_not_found'
  | 'objects.bulk_not_undoable'
  | 'objects.bulk_too_many'
  | 'objects.bulk_unfit'
  | 'objects.changed_since'
  | 'objects.column_unknown'
  | 'objects.condition_wrong'
  | 'objects.field_archived'
  | 'objects.field_forbidden'
  | 'objects.field_not_found'
  | 'objects.field_unknown'
  | 'objects.field_wrong'
  | 'objects.formula_wrong'
  | 'objects.key_taken'
  | 'objects.not_a_condition'
  | 'objects.not_groupable'
  | 'objects.not_indexable'
  | 'objects.not_sortable'
  | 'objects.not_unique'
  | 'objects.object_not_found'
  | 'objects.option_removed'
  | 'objects.read_only'
  | 'objects.record_not_found'
  | 'objects.reference_unknown'
  | 'objects.too_deep'
  | 'objects.too_many_fields'
  | 'objects.too_many_indexes'
  | 'objects.too_many_objects'
  | 'objects.too_many_parts'
  | 'objects.too_many_sorts'
  | 'objects.too_many_views'
  | 'objects.too_slow'
  | 'objects.unknown_behaviour'
  | 'objects.unknown_field'
  | 'objects.unknown_object'
  | 'objects.unknown_relation'
  | 'objects.value_required'
  | 'objects.value_taken'
  | 'objects.value_wrong'
  | 'objects.view_name_taken'
  | 'objects.view_not_found'
  | 'objects.view_not_yours'
  | 'objects.wrong_operator'
  | 'objects.wrong_value'
  | 'request.invalid'
  | 'request.network'
  | 'request.not_found'
  | 'request.too_large'
  | 'request.too_many'
  | 'server.failed'
  | 'server.unavailable'
  | 'server.unreachable'

/** What a webhook gets, by its `type`. */
export type WebhookEvent =
  /** A card of a person was opened. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'customers.person_created'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        personId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The person as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** Something on a card changed: fields, identities, companies, owner, stage. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'customers.person_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        personId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The person as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** A task on a card was made, changed, done, opened again or taken back. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'customers.task_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        taskId: string
        personId: string
        assigneeId: string | null
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The person as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** The time of a task on a card has come. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'customers.task_due'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        taskId: string
        personId: string
        title: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The person as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** A company was opened or changed. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'customers.company_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        companyId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The company as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** A conversation was opened (`isNew`) or changed: status, owner, team, tags, due times. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'inbox.conversation_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        conversationId: string
        ownerId: string | null
        isNew: boolean
        personId?: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The conversation as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** A message, note or event stands in a conversation. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'inbox.message_added'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        conversationId: string
        messageId: string
        seq: number
        direction: 'in' | 'out' | 'note' | 'event'
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The message as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** The delivery state, the text or the files of a message changed. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'inbox.message_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        conversationId: string
        messageId: string
        delivery: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown' | null
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The message as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** A record of one of the company's own objects was made, changed or archived. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'objects.record_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        object: string
        recordId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: {
        [key: string]: { before?: unknown; after?: unknown }
      } | null /** The record as the API shows it when the payload is first sent; null when it is gone or left out. */
      object: unknown
    }
  /** Fields or objects were described anew. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'objects.description_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        object: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: { [key: string]: { before?: unknown; after?: unknown } } | null
      object: null
    }
  /** An operator was added, changed or archived. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'access.operator_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        operatorId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: { [key: string]: { before?: unknown; after?: unknown } } | null
      object: null
    }
  /** Somebody became able to take conversations, or no longer is. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'access.presence_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        operatorId: string
        isPresent: boolean
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: { [key: string]: { before?: unknown; after?: unknown } } | null
      object: null
    }
  /** A team was made, changed or removed. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'access.team_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        teamId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: { [key: string]: { before?: unknown; after?: unknown } } | null
      object: null
    }
  /** Name, language or time zone of the company changed. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'access.workspace_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: object /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: { [key: string]: { before?: unknown; after?: unknown } } | null
      object: null
    }
  /** An account of a channel was changed, began to fail or works again. */
  | {
      /** The same over all tries and replays: what was taken once may be dropped. */ id: string
      type: 'channels.account_changed'
      version: 1 /** When it happened. */
      timestamp: string
      workspaceId: string /** Who did it; null is Okno itself. */
      actor: { operatorId: string | null; name: string }
      data: {
        accountId: string
      } /** Fields that changed, by their names in the API (own fields as `custom.<key>`), with the values before and after; values are left out where they are long or not known. Null: the event does not say what changed. */
      changes: { [key: string]: { before?: unknown; after?: unknown } } | null
      object: null
    }

/** Every route by method and path. */
export interface Routes {
  get: {
    /** Accounts of channels. Needs: `channels.read`. */
    '/accounts': { answer: { items: Account[]; nextCursor: string | null } }
    /** One account. Needs: `channels.read`. */
    '/accounts/{id}': { path: { id: string }; answer: Account }
    /** Raw arrivals, newest first. Needs: `channels.arrivals`. */
    '/arrivals': {
      query?: { cursor?: string; limit?: number; state?: 'new' | 'read' | 'unreadable'; accountId?: string }
      answer: { items: Arrival[]; nextCursor: string | null }
    }
    /** The bytes of an arrival as they came. Needs: `channels.arrivals`. */
    '/arrivals/{id}/raw': { path: { id: string }; answer: Blob }
    /** List who changed what. Needs: `access.manage`. */
    '/audit': {
      query?: { cursor?: string; limit?: number; object?: string; objectId?: string; operatorId?: string }
      answer: { items: AuditEntry[]; nextCursor: string | null }
    }
    /** Bulk edits of the last 30 days, newest first: one's own; everybody's for supervisors. Needs: any key. */
    '/bulk-edits': {
      query?: { cursor?: string; limit?: number; object?: string }
      answer: { items: BulkEdit[]; nextCursor: string | null }
    }
    /** A bulk edit and how far it is. Needs: any key. */
    '/bulk-edits/{id}': { path: { id: string }; answer: BulkEdit }
    /** What came of each object of a bulk edit: what it held before, and what was in the way. Needs: any key. */
    '/bulk-edits/{id}/rows': {
      path: { id: string }
      query?: { cursor?: string; limit?: number; state?: 'changed' | 'same' | 'failed' | 'undone' | 'left' }
      answer: { items: BulkRow[]; nextCursor: string | null }
    }
    /** Pairs of cards that may be one person, likeliest first, with what speaks for and against it. Needs: `customers.read`. */
    '/candidates': {
      query?: { cursor?: string; limit?: number; personId?: string; rule?: string }
      answer: { items: Candidate[]; nextCursor: string | null }
    }
    /** Layouts of cards, by object and role. Needs: `customers.read`. */
    '/card-layouts': { answer: { items: Layout[]; nextCursor: string | null } }
    /** Kinds of channels with the JSON schema of their settings. Needs: `channels.read`. */
    '/channel-kinds': { answer: { items: ChannelKind[]; nextCursor: string | null } }
    /** Companies: found by name, INN, site or words, or listed by name or newest first. Needs: `customers.read`. */
    '/companies': {
      query?: { cursor?: string; limit?: number; q?: string; sort?: string; filter?: string }
      answer: { items: Company[]; nextCursor: string | null }
    }
    /** Companies that may be the one about to be saved: the same INN, or the same name. Needs: `customers.read`. */
    '/companies/likenesses': {
      query?: { name?: string; inn?: string; exceptId?: string }
      answer: { items: CompanyLikeness[]; nextCursor: string | null }
    }
    /** A company's card. Needs: `customers.read`. */
    '/companies/{id}': { path: { id: string }; answer: CompanyCard }
    /** What happened with a company and with those who worked there at the time, newest first. Needs: `customers.read`. */
    '/companies/{id}/timeline': {
      path: { id: string }
      query?: { cursor?: string; limit?: number }
      answer: { items: CompanyTimelineEntry[]; nextCursor: string | null }
    }
    /** A company's group from its top, with who works where. Needs: `customers.read`. */
    '/companies/{id}/tree': { path: { id: string }; answer: CompanyTree }
    /** List conversations: views, filters, search. Needs: `inbox.read`. */
    '/conversations': {
      query?: {
        cursor?: string
        limit?: number
        q?: string
        view?: 'mine' | 'unassigned' | 'all' | 'at_risk' | 'closed'
        filter?: string
        sort?: 'due' | 'recent'
      }
      answer: { items: Conversation[]; nextCursor: string | null }
    }
    /** How many conversations each view holds. Needs: `inbox.read`. */
    '/conversations/counts': { answer: ViewCounts }
    /** What I did today. Needs: `inbox.read`. */
    '/conversations/own-day': { answer: OwnDay }
    /** Read a conversation. Needs: `inbox.read`. */
    '/conversations/{id}': { path: { id: string }; answer: Conversation }
    /** What I began to write. Needs: `inbox.read`. */
    '/conversations/{id}/draft': { path: { id: string }; answer: Draft | null }
    /** Read the thread, latest page first. Needs: `inbox.read`. */
    '/conversations/{id}/messages': {
      path: { id: string }
      query?: { cursor?: string; limit?: number; beforeSeq?: number; afterSeq?: number }
      answer: { items: Message[]; nextCursor: string | null }
    }
    /** Ways to answer, and what each allows now. Needs: `inbox.read`. */
    '/conversations/{id}/routes': { path: { id: string }; answer: { items: ReplyRoute[] } }
    /** Who may be writing: those who share the address of the last message. Needs: `inbox.read`. */
    '/conversations/{id}/speakers': { path: { id: string }; answer: Speakers }
    /** Proofs of erasures, newest first. Needs: `customers.personal_data`. */
    '/erasures': {
      query?: { cursor?: string; limit?: number }
      answer: { items: Erasure[]; nextCursor: string | null }
    }
    /** All proofs in a form to be kept beside backups. Needs: `customers.personal_data`. */
    '/erasures/kept': { answer: KeptErasures }
    /** What happens, as server-sent events; resumable. Needs: any key. */
    '/events': { query?: { after?: string }; answer: string }
    /** Own exports, newest first. Needs: any key. */
    '/exports': { answer: { items: MadeExport[]; nextCursor: string | null } }
    /** How far an export is. Needs: any key. */
    '/exports/{id}': { path: { id: string }; answer: MadeExport }
    /** The file of an own export, until it ends. Needs: any key. */
    '/exports/{id}/file': { path: { id: string }; answer: Blob }
    /** Bytes of a file. Needs: `inbox.read`. */
    '/files/{id}': { path: { id: string }; answer: Blob }
    /** How every part is, with what to do about it. Needs: `access.manage`. */
    '/health': {
      answer: {
        state: 'ok' | 'warning' | 'failing'
        at: string
        version: string
        parts: {
          part: string
          name: string | null
          state: 'ok' | 'warning' | 'failing' | 'off'
          code: string
          params: { [key: string]: string | number | null }
          detail: string | null
        }[]
      }
    }
    /** Imports, the newest first. Needs: `exchange.import`. */
    '/imports': {
      query?: { cursor?: string; limit?: number }
      answer: { items: ImportJob[]; nextCursor: string | null }
    }
    /** One import with its columns. Needs: `exchange.import`. */
    '/imports/{id}': { path: { id: string }; answer: ImportCard }
    /** The new field that a column could fill, by its values; for those who may describe fields. Needs: `exchange.import`. */
    '/imports/{id}/field-proposal': { path: { id: string }; query: { column: number }; answer: FieldProposal }
    /** The refused rows as CSV, with the reason of each, to mend and import again. Needs: `exchange.import`. */
    '/imports/{id}/refused': { path: { id: string }; query?: { locale?: 'ru' | 'en' }; answer: Blob }
    /** The rows of which something was left out, as CSV, with what and why. Needs: `exchange.import`. */
    '/imports/{id}/remarks': { path: { id: string }; query?: { locale?: 'ru' | 'en' }; answer: Blob }
    /** Rows of an import: what would become of them, or what became. Needs: `exchange.import`. */
    '/imports/{id}/rows': {
      path: { id: string }
      query?: {
        outcome?: 'created' | 'changed' | 'joined' | 'same' | 'refused' | 'left' | 'remarked'
        cursor?: string
        limit?: number
      }
      answer: { items: ImportRow[]; nextCursor: string | null }
    }
    /** Norms and business hours. Needs: `inbox.read`. */
    '/inbox/settings': { answer: InboxSettings }
    /** List my API keys. Needs: any key. */
    '/keys': { query?: { cursor?: string; limit?: number }; answer: { items: ApiKey[]; nextCursor: string | null } }
    /** How cards are compared: thresholds, what was learned, precision of each rule, the scan. Needs: `customers.read`. */
    '/matching': { answer: Matching }
    /** Where other thresholds would have put the pairs that people decided. Needs: `customers.manage`. */
    '/matching/trial': { query: { auto: number; review: number }; answer: Trial }
    /** Who I am and what I may do. Needs: any key. */
    '/me': { answer: Me }
    /** List where I am signed in. Needs: any key. */
    '/me/sessions': {
      query?: { cursor?: string; limit?: number }
      answer: { items: Session[]; nextCursor: string | null }
    }
    /** Merges that a card is made of, also those that were undone, newest first. Needs: `customers.read`. */
    '/merges': { query: { personId: string }; answer: { items: Merge[]; nextCursor: string | null } }
    /** Read one message. Needs: `inbox.read`. */
    '/messages/{id}': { path: { id: string }; answer: Message }
    /** The HTML of a message as a page; `images=1` lets images of other servers in. Needs: `inbox.read`. */
    '/messages/{id}/page': { path: { id: string }; query?: { images?: '0' | '1' }; answer: Blob }
    /** All objects with their fields, relations and behaviours, as far as the caller may know them. Needs: any key. */
    '/objects': {
      answer: {
        items: {
          key: string
          label: { one: { en: string; ru: string }; many: { en: string; ru: string } }
          isCustom: boolean
          isArchived: boolean
          takesFields: boolean
          title: string
          fields: {
            key: string
            type:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
              | 'formula'
            result?:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
            label: { en: string; ru: string }
            help: { en: string; ru: string } | null
            options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
            offers?: string[]
            wordsAt?: string
            target?: string
            isMany: boolean
            isRequired: boolean
            isUnique: boolean
            isArchived: boolean
            default?: unknown
            formula?: string
            rights: {
              read: 'operator' | 'supervisor' | 'administrator'
              edit: 'operator' | 'supervisor' | 'administrator'
            }
            can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
          }[]
          relations: { key: string; label: { en: string; ru: string }; target: string; isOne: boolean }[]
          behaviours: {
            key: string
            label: { en: string; ru: string }
            fields: {
              key: string
              type:
                | 'text'
                | 'long_text'
                | 'number'
                | 'money'
                | 'date'
                | 'time'
                | 'datetime'
                | 'boolean'
                | 'choice'
                | 'multi_choice'
                | 'reference'
                | 'phone'
                | 'email'
                | 'url'
                | 'address'
                | 'file'
                | 'formula'
              result?:
                | 'text'
                | 'long_text'
                | 'number'
                | 'money'
                | 'date'
                | 'time'
                | 'datetime'
                | 'boolean'
                | 'choice'
                | 'multi_choice'
                | 'reference'
                | 'phone'
                | 'email'
                | 'url'
                | 'address'
                | 'file'
              label: { en: string; ru: string }
              help: { en: string; ru: string } | null
              options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
              offers?: string[]
              wordsAt?: string
              target?: string
              isMany: boolean
              isRequired: boolean
              isUnique: boolean
              isArchived: boolean
              default?: unknown
              formula?: string
              rights: {
                read: 'operator' | 'supervisor' | 'administrator'
                edit: 'operator' | 'supervisor' | 'administrator'
              }
              can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
            }[]
          }[]
        }[]
        nextCursor: null
      }
    }
    /** One object. Needs: any key. */
    '/objects/{key}': {
      path: { key: string }
      answer: {
        key: string
        label: { one: { en: string; ru: string }; many: { en: string; ru: string } }
        isCustom: boolean
        isArchived: boolean
        takesFields: boolean
        title: string
        fields: {
          key: string
          type:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
            | 'formula'
          result?:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
          label: { en: string; ru: string }
          help: { en: string; ru: string } | null
          options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
          offers?: string[]
          wordsAt?: string
          target?: string
          isMany: boolean
          isRequired: boolean
          isUnique: boolean
          isArchived: boolean
          default?: unknown
          formula?: string
          rights: {
            read: 'operator' | 'supervisor' | 'administrator'
            edit: 'operator' | 'supervisor' | 'administrator'
          }
          can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
        }[]
        relations: { key: string; label: { en: string; ru: string }; target: string; isOne: boolean }[]
        behaviours: {
          key: string
          label: { en: string; ru: string }
          fields: {
            key: string
            type:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
              | 'formula'
            result?:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
            label: { en: string; ru: string }
            help: { en: string; ru: string } | null
            options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
            offers?: string[]
            wordsAt?: string
            target?: string
            isMany: boolean
            isRequired: boolean
            isUnique: boolean
            isArchived: boolean
            default?: unknown
            formula?: string
            rights: {
              read: 'operator' | 'supervisor' | 'administrator'
              edit: 'operator' | 'supervisor' | 'administrator'
            }
            can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
          }[]
        }[]
      }
    }
    /** The values of a field among what a list finds, with how often each occurs as far as that is known soon. Needs: any key. */
    '/objects/{key}/groups': {
      path: { key: string }
      query: { filter?: string; field: string; cursor?: string }
      answer: Groups
    }
    /** Own fields with an index of their own, how building goes, and which others may have one. Needs: `objects.manage`. */
    '/objects/{key}/indexes': { path: { key: string }; answer: FieldIndexes }
    /** How objects are called: by id, or by words in their names. Needs: any key. */
    '/objects/{key}/names': {
      path: { key: string }
      query?: { q?: string; ids?: string }
      answer: { items: Named[]; nextCursor: null }
    }
    /** Records of a custom object, filtered by a condition, in any order. Needs: `objects.read`. */
    '/objects/{key}/records': {
      path: { key: string }
      query?: { cursor?: string; limit?: number; filter?: string; sort?: string }
      answer: { items: CustomRecord[]; nextCursor: string | null }
    }
    /** A record. Needs: `objects.read`. */
    '/objects/{key}/records/{id}': { path: { key: string; id: string }; answer: CustomRecord }
    /** A page of a list with its cells, and the names of what they refer to. Needs: any key. */
    '/objects/{key}/rows': {
      path: { key: string }
      query: { cursor?: string; limit?: number; filter?: string; q?: string; sort?: string; fields: string }
      answer: RowPage
    }
    /** What some objects hold in some fields, formulas among them; those that the caller cannot see are left out. Needs: any key. */
    '/objects/{key}/values': {
      path: { key: string }
      query: { ids: string; fields: string }
      answer: { items: FieldValues[]; nextCursor: null }
    }
    /** List operators. Needs: `access.read`. */
    '/operators': {
      query?: { cursor?: string; limit?: number; archived?: string }
      answer: { items: Operator[]; nextCursor: string | null }
    }
    /** People: found by name, number, address or words, or listed newest first or by name. Needs: `customers.read`. */
    '/people': {
      query?: {
        cursor?: string
        limit?: number
        q?: string
        sort?: string
        filter?: string
        stage?: 'lead' | 'customer' | 'former'
        ownerId?: string
        companyId?: string
      }
      answer: { items: Person[]; nextCursor: string | null }
    }
    /** A card. Needs: `customers.read`. */
    '/people/{id}': { path: { id: string }; answer: PersonCard }
    /** A person in five seconds: the last matter, what was promised, what to do next. Needs: `customers.read`. */
    '/people/{id}/brief': { path: { id: string }; answer: Brief }
    /** Files of a person: those laid to the card, and the last ones of conversations. Needs: `customers.read`. */
    '/people/{id}/files': { path: { id: string }; answer: { items: PersonFile[]; nextCursor: string | null } }
    /** Bytes of a file of a card. Needs: `customers.read`. */
    '/people/{id}/files/{fileId}': { path: { id: string; fileId: string }; answer: Blob }
    /** Who lives or buys with a person. Needs: `customers.read`. */
    '/people/{id}/household': { path: { id: string }; answer: Household }
    /** Cards that may be the same person, and why. Needs: `customers.read`. */
    '/people/{id}/likenesses': { path: { id: string }; answer: { items: Likeness[]; nextCursor: string | null } }
    /** The face of a person. Needs: `customers.read`. */
    '/people/{id}/photo': { path: { id: string }; answer: Blob }
    /** How far the data of a person may be used. Needs: `customers.read`. */
    '/people/{id}/standing': { path: { id: string }; answer: DataStanding }
    /** What happened with a person, newest first: all, some kinds, with some words, from a day on. Needs: `customers.read`. */
    '/people/{id}/timeline': {
      path: { id: string }
      query?: { cursor?: string; limit?: number; kinds?: string; q?: string; at?: string; towards?: 'older' | 'newer' }
      answer: TimelinePage
    }
    /** What the sandbox plays now. Needs: `channels.manage`. */
    '/sandbox': { answer: SandboxState }
    /** Mail that customers got. Needs: `channels.manage`. */
    '/sandbox/mailbox': { answer: { items: SandboxMailbox[]; nextCursor: string | null } }
    /** Answers that the other system got. Needs: `channels.manage`. */
    '/sandbox/webhooks': { answer: { items: SandboxWebhook[]; nextCursor: string | null } }
    /** People and companies by any part of a name, number or address, best first. Needs: `customers.read`. */
    '/search': {
      query: { q: string; objects?: string; limit?: number }
      answer: { items: Found[]; nextCursor: string | null }
    }
    /** Phones and mailboxes on cards of several people about which nobody has decided, with who holds them. Needs: `customers.read`. */
    '/shared-addresses': {
      query?: { cursor?: string; limit?: number }
      answer: {
        items: {
          identityId: string
          personId: string
          kind: 'phone' | 'email'
          value: string
          holders: { personId: string; name: string; proven: boolean; lastSeenAt: string }[]
          count: number
        }[]
        nextCursor: string | null
      }
    }
    /** List snippets. Needs: `inbox.read`. */
    '/snippets': {
      query?: { cursor?: string; limit?: number }
      answer: { items: Snippet[]; nextCursor: string | null }
    }
    /** Tags given so far. Needs: `inbox.read`. */
    '/tags': { answer: { items: string[] } }
    /** What was promised to customers: own tasks, those of the own teams, or all. Needs: `customers.read`. */
    '/tasks': {
      query?: {
        cursor?: string
        limit?: number
        whose?: 'mine' | 'team' | 'all'
        assignee?: string | 'nobody'
        state?: 'open' | 'overdue' | 'today' | 'later' | 'undated' | 'done'
      }
      answer: { items: ListedTask[]; nextCursor: string | null }
    }
    /** How many tasks are overdue, due today, later, or at no time. Needs: `customers.read`. */
    '/tasks/counts': { query?: { whose?: 'mine' | 'team' | 'all'; assignee?: string | 'nobody' }; answer: TaskCounts }
    /** List teams. Needs: `access.read`. */
    '/teams': { query?: { cursor?: string; limit?: number }; answer: { items: Team[]; nextCursor: string | null } }
    /** Views of an object: the caller's own and shared ones, by name. Needs: any key. */
    '/views': { query: { object: string }; answer: ViewList }
    /** Kinds of events with the JSON schema of their payloads. Needs: `integrations.manage`. */
    '/webhook-events': { answer: { items: EventType[]; nextCursor: string | null } }
    /** Webhooks, oldest first. Needs: `integrations.manage`. */
    '/webhooks': { answer: { items: Webhook[]; nextCursor: string | null } }
    /** One webhook. Needs: `integrations.manage`. */
    '/webhooks/{id}': { path: { id: string }; answer: Webhook }
    /** The log of a webhook, the latest events first; kept for 30 days. Needs: `integrations.manage`. */
    '/webhooks/{id}/deliveries': {
      path: { id: string }
      query?: { cursor?: string; limit?: number; state?: 'waiting' | 'delivered' | 'given_up' }
      answer: { items: WebhookDelivery[]; nextCursor: string | null }
    }
    /** One delivery: what was sent, and every answer. Needs: `integrations.manage`. */
    '/webhooks/{id}/deliveries/{deliveryId}': { path: { id: string; deliveryId: string }; answer: DeliveryDetails }
    /** Show the company. Needs: `access.read`. */
    '/workspace': { answer: Workspace }
    /** Exports of the whole workspace, newest first. Needs: `exchange.archive`. */
    '/workspace-archives': { answer: { items: Archive[]; nextCursor: string | null } }
    /** The file of a workspace export that one ordered, until it ends. Needs: `exchange.archive`. */
    '/workspace-archives/{id}/file': { path: { id: string }; answer: Blob }
  }
  post: {
    /** Add an account. For e-mail, smtp, imap and address may stand at the top. Needs: `channels.manage`. */
    '/accounts': { body: AccountDraft; answer: Account }
    /** Try the credentials of an account. Needs: `channels.manage`. */
    '/accounts/{id}/verify': { path: { id: string }; answer: { ok: boolean; reason?: string } }
    /** Read an arrival again. Needs: `channels.arrivals`. */
    '/arrivals/{id}/replay': { path: { id: string }; answer: null }
    /** End a bulk edit where it stands. Needs: any key. */
    '/bulk-edits/{id}/stop': { path: { id: string }; answer: BulkEdit }
    /** Put back what a bulk edit changed, except what somebody changed since. Needs: any key. */
    '/bulk-edits/{id}/undo': { path: { id: string }; answer: BulkEdit }
    /** Decide several pairs: one person, or two. Needs: `customers.edit`. */
    '/candidates/decisions': { body: Decisions; answer: Decided }
    /** Open a company's card. Needs: `customers.edit`. */
    '/companies': { body: CompanyDraft; answer: CompanyCard }
    /** Check a condition: everything that is wrong with it, or what it says in words. Needs: any key. */
    '/conditions/check': { body: ConditionQuestion; answer: ConditionAnswer }
    /** How many objects satisfy a condition, exactly up to 10 000; guessed when counting would take too long. Needs: any key. */
    '/conditions/count': { body: ConditionQuestion; answer: Counted }
    /** Which parts of a condition are true of one object. Needs: any key. */
    '/conditions/why': { body: WhyQuestion; answer: Why }
    /** Enter that a consent was withdrawn. Needs: `customers.edit`. */
    '/consents/{id}/withdraw': { path: { id: string }; body: Withdrawal; answer: null }
    /** Write to a person first. Needs: `inbox.reply`. */
    '/conversations': { body: NewConversation; answer: Conversation }
    /** Write a note for colleagues. Needs: `inbox.reply`. */
    '/conversations/{id}/notes': { path: { id: string }; idempotencyKey?: string; body: NewNote; answer: Message }
    /** Say that a message, its conversation or its address is somebody else's. Needs: `inbox.reply`. */
    '/conversations/{id}/person': { path: { id: string }; body: PersonMove; answer: Conversation }
    /** Answer the customer by the channel they wrote by. Needs: `inbox.reply`. */
    '/conversations/{id}/replies': { path: { id: string }; idempotencyKey?: string; body: NewReply; answer: Message }
    /** Erase again whom these proofs name, after an older backup was restored. Needs: `customers.personal_data`. */
    '/erasures/repeat': { body: KeptErasuresInput; answer: Repeated }
    /** Was this address, number or id erased? Asked in the body, so that it stands in no log. Needs: `customers.personal_data`. */
    '/erasures/search': { body: ErasureQuestion; answer: { items: Erasure[]; nextCursor: string | null } }
    /** Order a list as a file: the columns, condition and order it has on screen. Needs: `exchange.export`. */
    '/exports': { body: ListOrder; answer: MadeExport }
    /** Upload a file (multipart, one part) for a reply or note. Needs: `inbox.reply`. */
    '/files': { body: FormData; answer: { id: string; name: string; mime: string; sizeBytes: number } }
    /** Upload a file to import (multipart, one part): CSV, XLSX, vCard or JSON. Needs: `exchange.import`. */
    '/imports': { query?: { object?: string }; body: FormData; answer: ImportCard }
    /** Check an import: what would become of each row. Needs: `exchange.import`. */
    '/imports/{id}/check': { path: { id: string }; answer: ImportCard }
    /** Describe a new field and let a column fill it; it stays when the import is taken back. Needs: `exchange.import`. */
    '/imports/{id}/fields': { path: { id: string }; body: NewField; answer: ImportCard }
    /** Take the rows in, or go on. Needs: `exchange.import`. */
    '/imports/{id}/run': { path: { id: string }; answer: ImportCard }
    /** Stop taking rows in. Needs: `exchange.import`. */
    '/imports/{id}/stop': { path: { id: string }; answer: ImportCard }
    /** Take a whole import back. Needs: `exchange.import`. */
    '/imports/{id}/undo': { path: { id: string }; answer: ImportCard }
    /** Make an API key. Needs: any key. */
    '/keys': { body: ApiKeyDraft; answer: CreatedApiKey }
    /** Compare all cards with each other, in the background. Needs: `customers.manage`. */
    '/matching/scan': { answer: Matching }
    /** Join two cards: both stay, one is shown. Needs: `customers.edit`. */
    '/merges': { body: MergeDraft; answer: Merge }
    /** Take a merge apart. Needs: `customers.edit`. */
    '/merges/{id}/undo': { path: { id: string }; answer: Merge }
    /** Send a failed message again. Needs: `inbox.reply`. */
    '/messages/{id}/resend': { path: { id: string }; answer: Message }
    /** Describe a custom object. Needs: `objects.manage`. */
    '/objects': {
      body: ObjectDraft
      answer: {
        key: string
        label: { one: { en: string; ru: string }; many: { en: string; ru: string } }
        isCustom: boolean
        isArchived: boolean
        takesFields: boolean
        title: string
        fields: {
          key: string
          type:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
            | 'formula'
          result?:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
          label: { en: string; ru: string }
          help: { en: string; ru: string } | null
          options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
          offers?: string[]
          wordsAt?: string
          target?: string
          isMany: boolean
          isRequired: boolean
          isUnique: boolean
          isArchived: boolean
          default?: unknown
          formula?: string
          rights: {
            read: 'operator' | 'supervisor' | 'administrator'
            edit: 'operator' | 'supervisor' | 'administrator'
          }
          can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
        }[]
        relations: { key: string; label: { en: string; ru: string }; target: string; isOne: boolean }[]
        behaviours: {
          key: string
          label: { en: string; ru: string }
          fields: {
            key: string
            type:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
              | 'formula'
            result?:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
            label: { en: string; ru: string }
            help: { en: string; ru: string } | null
            options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
            offers?: string[]
            wordsAt?: string
            target?: string
            isMany: boolean
            isRequired: boolean
            isUnique: boolean
            isArchived: boolean
            default?: unknown
            formula?: string
            rights: {
              read: 'operator' | 'supervisor' | 'administrator'
              edit: 'operator' | 'supervisor' | 'administrator'
            }
            can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
          }[]
        }[]
      }
    }
    /** Change one field of many objects: of those named, or of all that a condition finds. Needs: any key. */
    '/objects/{key}/bulk-edits': { path: { key: string }; body: BulkEditDraft; answer: BulkEdit }
    /** Describe a custom field. Needs: `objects.manage`. */
    '/objects/{key}/fields': {
      path: { key: string }
      body: FieldDraft
      answer: {
        key: string
        label: { one: { en: string; ru: string }; many: { en: string; ru: string } }
        isCustom: boolean
        isArchived: boolean
        takesFields: boolean
        title: string
        fields: {
          key: string
          type:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
            | 'formula'
          result?:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
          label: { en: string; ru: string }
          help: { en: string; ru: string } | null
          options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
          offers?: string[]
          wordsAt?: string
          target?: string
          isMany: boolean
          isRequired: boolean
          isUnique: boolean
          isArchived: boolean
          default?: unknown
          formula?: string
          rights: {
            read: 'operator' | 'supervisor' | 'administrator'
            edit: 'operator' | 'supervisor' | 'administrator'
          }
          can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
        }[]
        relations: { key: string; label: { en: string; ru: string }; target: string; isOne: boolean }[]
        behaviours: {
          key: string
          label: { en: string; ru: string }
          fields: {
            key: string
            type:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
              | 'formula'
            result?:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
            label: { en: string; ru: string }
            help: { en: string; ru: string } | null
            options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
            offers?: string[]
            wordsAt?: string
            target?: string
            isMany: boolean
            isRequired: boolean
            isUnique: boolean
            isArchived: boolean
            default?: unknown
            formula?: string
            rights: {
              read: 'operator' | 'supervisor' | 'administrator'
              edit: 'operator' | 'supervisor' | 'administrator'
            }
            can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
          }[]
        }[]
      }
    }
    /** What a formula would give for one object, or what is wrong with it and where; nothing is stored. Needs: `objects.manage`. */
    '/objects/{key}/formulas/check': { path: { key: string }; body: FormulaQuestion; answer: FormulaAnswer }
    /** Make a record. Needs: `objects.edit`. */
    '/objects/{key}/records': { path: { key: string }; body: RecordDraft; answer: CustomRecord }
    /** Add an operator. Needs: `access.manage`. */
    '/operators': { body: NewOperator; answer: Operator }
    /** Set another operator's password. Needs: `access.manage`. */
    '/operators/{id}/password': { path: { id: string }; body: NewPassword; answer: null }
    /** Open a card. Needs: `customers.edit`. */
    '/people': { body: PersonDraft; answer: PersonCard }
    /** Enter a consent into the ledger: on what ground, in which words. Needs: `customers.edit`. */
    '/people/{id}/consents': { path: { id: string }; body: ConsentDraft; answer: null }
    /** Erase a person: for good, with a proof. Needs: `customers.personal_data`. */
    '/people/{id}/erasure': { path: { id: string }; body: ErasureDraft; answer: Erasure }
    /** Order everything that is kept about a person, for them. Needs: `customers.personal_data`. */
    '/people/{id}/export': { path: { id: string }; answer: MadeExport }
    /** Lay a file to a card (multipart, one part). Needs: `customers.edit`. */
    '/people/{id}/files': { path: { id: string }; body: FormData; answer: PersonFile }
    /** Give an identity to another card. Needs: `customers.edit`. */
    '/people/{id}/identities/{identityId}/move': {
      path: { id: string; identityId: string }
      body: IdentityMove
      answer: null
    }
    /** Two people, not one: hides the pair until something new speaks for it. Needs: `customers.edit`. */
    '/people/{id}/likenesses/{otherId}/dismiss': { path: { id: string; otherId: string }; answer: null }
    /** Write a note about a person. Needs: `customers.edit`. */
    '/people/{id}/notes': { path: { id: string }; body: NoteDraft; answer: Note }
    /** Say what another person is to this one; the other card shows it turned round. Needs: `customers.edit`. */
    '/people/{id}/relations': { path: { id: string }; body: RelationDraft; answer: null }
    /** Promise to do something. Needs: `customers.edit`. */
    '/people/{id}/tasks': { path: { id: string }; body: TaskDraft; answer: Task }
    /** Lead the answers of an account to the sandbox. Needs: `channels.manage`. */
    '/sandbox/accounts/{id}': { path: { id: string }; answer: null }
    /** Hand over a message as another system. Needs: `channels.manage`. */
    '/sandbox/api': { body: SandboxApi; answer: { status: 'under way' } }
    /** Switch trouble on and off. Needs: `channels.manage`. */
    '/sandbox/faults': { body: SandboxFaults; answer: null }
    /** Write a mail as a customer. Needs: `channels.manage`. */
    '/sandbox/mail': { body: SandboxMail; answer: { status: 'under way' } }
    /** Say of several addresses that people share them, or that each is one person’s. Needs: `customers.edit`. */
    '/shared-addresses/decisions': {
      body: { shared: boolean; addresses: { personId: string; identityId: string }[] }
      answer: { done: number; failed: { identityId: string; code: string }[] }
    }
    /** Add a snippet. Needs: `inbox.read_all`. */
    '/snippets': { body: SnippetDraft; answer: Snippet }
    /** Add a team. Needs: `access.manage`. */
    '/teams': { body: TeamDraft; answer: Team }
    /** Keep a view. Needs: any key. */
    '/views': { body: ViewDraft; answer: View }
    /** Make a webhook. The answer has its secret, which is never told again. Needs: `integrations.manage`. */
    '/webhooks': { body: WebhookDraft; answer: WebhookWithSecret }
    /** Send a delivery once more. Needs: `integrations.manage`. */
    '/webhooks/{id}/deliveries/{deliveryId}/replay': { path: { id: string; deliveryId: string }; answer: null }
    /** Send the events of a span of time once more, with the ids that they had; at most 30 days back. Needs: `integrations.manage`. */
    '/webhooks/{id}/replay': { path: { id: string }; body: ReplayRange; answer: null }
    /** Give a webhook a new secret. For a day payloads are signed by the old one too. Needs: `integrations.manage`. */
    '/webhooks/{id}/secret': { path: { id: string }; answer: WebhookWithSecret }
    /** Send a test. Its fate stands in the log. Needs: `integrations.manage`. */
    '/webhooks/{id}/test': { path: { id: string }; answer: { deliveryId: string } }
    /** Order an export of the whole workspace. Needs: `exchange.archive`. */
    '/workspace-archives': { body: ArchiveOrder; answer: Archive }
  }
  put: {
    /** Arrange a card for a role. Needs: `customers.manage`. */
    '/card-layouts/{object}/readers/{reader}': {
      path: { object: 'person' | 'company'; reader: 'everybody' | 'operator' | 'supervisor' | 'administrator' }
      body: LayoutDraft
      answer: Layout
    }
    /** Keep what I began to write. Needs: `inbox.reply`. */
    '/conversations/{id}/draft': { path: { id: string }; body: DraftInput; answer: null }
    /** Remember how far I have read. Needs: `inbox.read`. */
    '/conversations/{id}/read': { path: { id: string }; body: { seq: number }; answer: null }
    /** Set the thresholds. Needs: `customers.manage`. */
    '/matching': { body: MatchingSettings; answer: Matching }
    /** Ask for an index of an own field, or once more for one that failed; it is built in the background. Needs: `objects.manage`. */
    '/objects/{key}/fields/{field}/index': { path: { key: string; field: string }; answer: FieldIndexes }
    /** Say that a person works or worked at a company: as what, with which part in buying, since and until when. Needs: `customers.edit`. */
    '/people/{id}/companies/{companyId}': {
      path: { id: string; companyId: string }
      body: EmploymentDraft
      answer: Employment
    }
    /** Say that two people live or buy together. Needs: `customers.edit`. */
    '/people/{id}/household/{memberId}': {
      path: { id: string; memberId: string }
      body: HouseholdMember
      answer: Household
    }
    /** Show this picture (multipart, one part; PNG, JPEG or WebP of at most 2 MB). Needs: `customers.edit`. */
    '/people/{id}/photo': { path: { id: string }; body: FormData; answer: { photoId: string } }
    /** What a person wishes of one channel for one purpose; null forgets it. Needs: `customers.edit`. */
    '/people/{id}/preferences': { path: { id: string }; body: PreferenceDraft; answer: null }
    /** Keep and show the data of a person, and use it for nothing else. Needs: `customers.personal_data`. */
    '/people/{id}/restriction': { path: { id: string }; body: RestrictionDraft; answer: DataStanding }
  }
  patch: {
    /** Change an account. Settings are merged; a secret that is left out keeps its value. Needs: `channels.manage`. */
    '/accounts/{id}': { path: { id: string }; body: AccountPatch; answer: Account }
    /** Change a company's card. Needs: `customers.edit`. */
    '/companies/{id}': { path: { id: string }; body: CompanyPatch; answer: CompanyCard }
    /** Assign, transfer, snooze, close, reopen, tag, rename a conversation. Needs: `inbox.reply`. */
    '/conversations/{id}': { path: { id: string }; body: ConversationPatch; answer: Conversation }
    /** Say how a file is read, what its columns fill and by what rows are known. Needs: `exchange.import`. */
    '/imports/{id}': { path: { id: string }; body: ImportPatch; answer: ImportCard }
    /** Change norms and business hours. Needs: `inbox.settings`. */
    '/inbox/settings': {
      body: {
        firstAnswerMinutes?: number
        nextAnswerMinutes?: number
        limitMinutes?: number
        reopenDays?: number
        businessHours?: {
          mon: [string, string][]
          tue: [string, string][]
          wed: [string, string][]
          thu: [string, string][]
          fri: [string, string][]
          sat: [string, string][]
          sun: [string, string][]
          holidays: string[]
        }
      }
      answer: InboxSettings
    }
    /** Change my name, language or availability. Needs: any key. */
    '/me': { body: MePatch; answer: Me }
    /** Change the words of an own note, or pin any. Needs: `customers.edit`. */
    '/notes/{id}': { path: { id: string }; body: NotePatch; answer: Note }
    /** Rename or archive a custom object. Needs: `objects.manage`. */
    '/objects/{key}': {
      path: { key: string }
      body: ObjectPatch
      answer: {
        key: string
        label: { one: { en: string; ru: string }; many: { en: string; ru: string } }
        isCustom: boolean
        isArchived: boolean
        takesFields: boolean
        title: string
        fields: {
          key: string
          type:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
            | 'formula'
          result?:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
          label: { en: string; ru: string }
          help: { en: string; ru: string } | null
          options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
          offers?: string[]
          wordsAt?: string
          target?: string
          isMany: boolean
          isRequired: boolean
          isUnique: boolean
          isArchived: boolean
          default?: unknown
          formula?: string
          rights: {
            read: 'operator' | 'supervisor' | 'administrator'
            edit: 'operator' | 'supervisor' | 'administrator'
          }
          can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
        }[]
        relations: { key: string; label: { en: string; ru: string }; target: string; isOne: boolean }[]
        behaviours: {
          key: string
          label: { en: string; ru: string }
          fields: {
            key: string
            type:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
              | 'formula'
            result?:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
            label: { en: string; ru: string }
            help: { en: string; ru: string } | null
            options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
            offers?: string[]
            wordsAt?: string
            target?: string
            isMany: boolean
            isRequired: boolean
            isUnique: boolean
            isArchived: boolean
            default?: unknown
            formula?: string
            rights: {
              read: 'operator' | 'supervisor' | 'administrator'
              edit: 'operator' | 'supervisor' | 'administrator'
            }
            can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
          }[]
        }[]
      }
    }
    /** Change or archive a custom field; its key and type stay. Needs: `objects.manage`. */
    '/objects/{key}/fields/{field}': {
      path: { key: string; field: string }
      body: FieldPatch
      answer: {
        key: string
        label: { one: { en: string; ru: string }; many: { en: string; ru: string } }
        isCustom: boolean
        isArchived: boolean
        takesFields: boolean
        title: string
        fields: {
          key: string
          type:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
            | 'formula'
          result?:
            | 'text'
            | 'long_text'
            | 'number'
            | 'money'
            | 'date'
            | 'time'
            | 'datetime'
            | 'boolean'
            | 'choice'
            | 'multi_choice'
            | 'reference'
            | 'phone'
            | 'email'
            | 'url'
            | 'address'
            | 'file'
          label: { en: string; ru: string }
          help: { en: string; ru: string } | null
          options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
          offers?: string[]
          wordsAt?: string
          target?: string
          isMany: boolean
          isRequired: boolean
          isUnique: boolean
          isArchived: boolean
          default?: unknown
          formula?: string
          rights: {
            read: 'operator' | 'supervisor' | 'administrator'
            edit: 'operator' | 'supervisor' | 'administrator'
          }
          can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
        }[]
        relations: { key: string; label: { en: string; ru: string }; target: string; isOne: boolean }[]
        behaviours: {
          key: string
          label: { en: string; ru: string }
          fields: {
            key: string
            type:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
              | 'formula'
            result?:
              | 'text'
              | 'long_text'
              | 'number'
              | 'money'
              | 'date'
              | 'time'
              | 'datetime'
              | 'boolean'
              | 'choice'
              | 'multi_choice'
              | 'reference'
              | 'phone'
              | 'email'
              | 'url'
              | 'address'
              | 'file'
            label: { en: string; ru: string }
            help: { en: string; ru: string } | null
            options?: { key: string; label: { en: string; ru: string }; isArchived: boolean }[]
            offers?: string[]
            wordsAt?: string
            target?: string
            isMany: boolean
            isRequired: boolean
            isUnique: boolean
            isArchived: boolean
            default?: unknown
            formula?: string
            rights: {
              read: 'operator' | 'supervisor' | 'administrator'
              edit: 'operator' | 'supervisor' | 'administrator'
            }
            can: { filter: boolean; sort: boolean; edit: boolean; import: boolean }
          }[]
        }[]
      }
    }
    /** Change the given values of a record, or archive it. Needs: `objects.edit`. */
    '/objects/{key}/records/{id}': { path: { key: string; id: string }; body: RecordPatch; answer: CustomRecord }
    /** Change an object by the keys of its fields; answers what those fields hold now. Needs: any key. */
    '/objects/{key}/values/{id}': { path: { key: string; id: string }; body: WrittenValues; answer: FieldValues }
    /** Change or archive an operator. Needs: `access.manage`. */
    '/operators/{id}': { path: { id: string }; body: OperatorPatch; answer: Operator }
    /** Change a card: adds e-mails and phones, replaces companies and every other field given. Needs: `customers.edit`. */
    '/people/{id}': { path: { id: string }; body: PersonPatch; answer: PersonCard }
    /** Say that several people use a phone or mailbox, or that one does. Needs: `customers.edit`. */
    '/people/{id}/identities/{identityId}': {
      path: { id: string; identityId: string }
      body: IdentityPatch
      answer: null
    }
    /** Change a snippet. Needs: `inbox.read_all`. */
    '/snippets/{id}': {
      path: { id: string }
      body: { shortcut?: string; title?: string; text?: string }
      answer: Snippet
    }
    /** Change a task, or say that it is done. Needs: `customers.edit`. */
    '/tasks/{id}': { path: { id: string }; body: TaskPatch; answer: Task }
    /** Rename a team or replace its members. Needs: `access.manage`. */
    '/teams/{id}': { path: { id: string }; body: TeamPatch; answer: Team }
    /** Change a view, or share it. Needs: any key. */
    '/views/{id}': { path: { id: string }; body: ViewPatch; answer: View }
    /** Change, pause or switch on a webhook. Needs: `integrations.manage`. */
    '/webhooks/{id}': { path: { id: string }; body: WebhookPatch; answer: Webhook }
    /** Change the company. Needs: `access.manage`. */
    '/workspace': { body: WorkspacePatch; answer: Workspace }
  }
  delete: {
    /** Give a layout up. Needs: `customers.manage`. */
    '/card-layouts/{object}/readers/{reader}': {
      path: { object: 'person' | 'company'; reader: 'everybody' | 'operator' | 'supervisor' | 'administrator' }
      answer: null
    }
    /** Drop what I began to write. Needs: `inbox.reply`. */
    '/conversations/{id}/draft': { path: { id: string }; answer: null }
    /** Revoke an API key. Needs: any key. */
    '/keys/{id}': { path: { id: string }; answer: null }
    /** Stop comparing all cards. Needs: `customers.manage`. */
    '/matching/scan': { answer: null }
    /** Sign out on one device. Needs: any key. */
    '/me/sessions/{id}': { path: { id: string }; answer: null }
    /** Take an own note away. Needs: `customers.edit`. */
    '/notes/{id}': { path: { id: string }; answer: null }
    /** Let the index of a field go. Needs: `objects.manage`. */
    '/objects/{key}/fields/{field}/index': { path: { key: string; field: string }; answer: null }
    /** Take it away that a person works or worked at a company: it was a mistake. Needs: `customers.edit`. */
    '/people/{id}/companies/{companyId}': { path: { id: string; companyId: string }; answer: null }
    /** Take a file off a card. Needs: `customers.edit`. */
    '/people/{id}/files/{fileId}': { path: { id: string; fileId: string }; answer: null }
    /** Say that somebody does not live with this person any more. Needs: `customers.edit`. */
    '/people/{id}/household/{memberId}': { path: { id: string; memberId: string }; answer: null }
    /** Take an identity off a card. Needs: `customers.edit`. */
    '/people/{id}/identities/{identityId}': { path: { id: string; identityId: string }; answer: null }
    /** Show no picture. Needs: `customers.edit`. */
    '/people/{id}/photo': { path: { id: string }; answer: null }
    /** Use the data of a person again. Needs: `customers.personal_data`. */
    '/people/{id}/restriction': { path: { id: string }; answer: DataStanding }
    /** Take a relation away, from both cards. Needs: `customers.edit`. */
    '/relations/{id}': { path: { id: string }; answer: null }
    /** Remove a snippet. Needs: `inbox.read_all`. */
    '/snippets/{id}': { path: { id: string }; answer: null }
    /** Take a task back. Needs: `customers.edit`. */
    '/tasks/{id}': { path: { id: string }; answer: null }
    /** Dissolve a team. Needs: `access.manage`. */
    '/teams/{id}': { path: { id: string }; answer: null }
    /** Remove a view. Needs: any key. */
    '/views/{id}': { path: { id: string }; answer: null }
    /** Remove a webhook and its log. Needs: `integrations.manage`. */
    '/webhooks/{id}': { path: { id: string }; answer: null }
    /** Stop an export of the workspace, or remove its file. Needs: `exchange.archive`. */
    '/workspace-archives/{id}': { path: { id: string }; answer: null }
  }
}
