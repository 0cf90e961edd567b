/** Ids of things of the first workspace, by the word before them in a path. */
export type Ids = Readonly<Record<string, string>>

/** How a route is asked rightly, and what it answers to its own administrator and to the administrator of another company. */
export interface RightRequest {
  readonly body?: (ids: Ids) => object
  /** Other ids than usual in the path, where this route would spoil the usual ones for another. */
  readonly ids?: (ids: Ids) => Ids
  /** Sends a file in place of JSON. */
  readonly isUpload?: boolean
  /** What stands in that file, where the answer tells it. */
  readonly fileText?: string
  readonly query?: (ids: Ids) => string
  /** When it is not 200, or 204 for DELETE. */
  readonly own?: number
  /** When it is not 404 for a route with an id, and what `own` says for any other. */
  readonly foreign?: number
}

const created = { own: 201 }
const named = { en: 'Thing', ru: 'Вещь' }
const everybody = { object: 'person', condition: { all: [] } }
const unique = () => crypto.randomUUID()

/**
 * Routes that cannot be asked rightly without being told how: every one with a body, because a test of rights would only see that "some
 * fields are not right"; those that need a query; those that answer something else than usual.
 */
export const rightRequests: Readonly<Record<string, RightRequest>> = {
  'PATCH /api/v1/me': { body: () => ({ locale: 'ru' }) },
  'POST /api/v1/operators': {
    body: () => ({ name: 'N', email: `${unique()}@okno.test`, password: 'password-1' }),
    ...created,
  },
  'PATCH /api/v1/operators/{id}': { body: () => ({ capacity: 3 }) },
  'POST /api/v1/operators/{id}/password': { body: () => ({ password: 'password-2' }), own: 204 },
  'PATCH /api/v1/workspace': { body: () => ({ timeZone: 'Europe/Moscow' }) },
  'POST /api/v1/teams': { body: () => ({ name: unique() }), ...created },
  'PATCH /api/v1/teams/{id}': { body: () => ({ operatorIds: [] }) },
  'POST /api/v1/keys': { body: () => ({ name: 'k' }), ...created },

  'GET /api/v1/search': { query: () => '?q=Tajna' },
  'POST /api/v1/people': { body: () => ({ name: 'P' }), ...created },
  'PATCH /api/v1/people/{id}': { body: () => ({ note: 'x' }) },
  'PUT /api/v1/people/{id}/companies/{companyId}': { body: () => ({ position: null }) },
  'POST /api/v1/people/{id}/likenesses/{otherId}/dismiss': { own: 204 },
  'POST /api/v1/people/{id}/tasks': { body: () => ({ title: 'T' }), ...created },
  'PATCH /api/v1/tasks/{id}': { body: () => ({ isDone: true }) },
  'POST /api/v1/people/{id}/notes': { body: () => ({ text: 'N' }), ...created },
  'PATCH /api/v1/notes/{id}': { body: () => ({ isPinned: true }) },
  'POST /api/v1/people/{id}/relations': { body: ({ lone }) => ({ otherId: lone, kind: 'relative' }), own: 204 },
  'POST /api/v1/people/{id}/consents': {
    body: () => ({ purpose: 'marketing', text: 'T', ground: 'call' }),
    own: 204,
  },
  'POST /api/v1/consents/{id}/withdraw': { body: () => ({ ground: 'call' }), own: 204 },
  'PUT /api/v1/people/{id}/preferences': {
    body: () => ({ channel: 'email', purpose: 'marketing', isWelcome: true }),
    own: 204,
  },
  // What is uploaded here is a text, which is no photo.
  'PUT /api/v1/people/{id}/photo': { isUpload: true, own: 422 },
  'POST /api/v1/people/{id}/files': { isUpload: true, ...created },
  'GET /api/v1/people/{id}/files/{fileId}': { ids: ({ papers = '' }) => ({ files: papers }) },
  'DELETE /api/v1/people/{id}/files/{fileId}': { ids: ({ papers = '' }) => ({ files: papers }) },
  'PATCH /api/v1/people/{id}/identities/{identityId}': { body: () => ({ shared: false }), own: 204 },
  'POST /api/v1/people/{id}/identities/{identityId}/move': {
    ids: ({ movable = '' }) => ({ identities: movable }),
    body: ({ likenesses }) => ({ toPersonId: likenesses }),
    own: 204,
  },
  // One that is not there is told as failed among those that are: nothing is done to it.
  'POST /api/v1/candidates/decisions': {
    body: ({ people, spare }) => ({ decision: 'merge', pairs: [{ personId: people, otherId: spare }] }),
  },
  // As above: what is not there is told as failed.
  'POST /api/v1/shared-addresses/decisions': {
    body: ({ spare = '', people = '' }) => ({ shared: false, addresses: [{ personId: people, identityId: spare }] }),
  },
  'GET /api/v1/merges': { query: ({ people }) => `?personId=${people}`, foreign: 404 },
  'POST /api/v1/merges': {
    body: ({ likenesses, lone }) => ({ keptId: likenesses, hiddenId: lone }),
    ...created,
    foreign: 404,
  },
  'PUT /api/v1/matching': { body: () => ({ auto: 0.999, review: 0.9, joinsByItself: false }) },
  'GET /api/v1/matching/trial': { query: () => '?auto=0.99&review=0.6' },
  'POST /api/v1/matching/scan': { own: 202 },
  'DELETE /api/v1/matching/scan': { foreign: 204 },
  'GET /api/v1/companies/likenesses': { query: () => '?name=Tajna%20company' },
  'PUT /api/v1/people/{id}/restriction': {
    ids: ({ restrictable = '' }) => ({ people: restrictable }),
    body: () => ({}),
  },
  'DELETE /api/v1/people/{id}/restriction': { ids: ({ restrictable = '' }) => ({ people: restrictable }), own: 200 },
  'POST /api/v1/people/{id}/erasure': {
    ids: ({ erasable = '' }) => ({ people: erasable }),
    body: () => ({ name: 'Tajna erasable', ground: 'request' }),
    ...created,
  },
  'POST /api/v1/people/{id}/export': { ...created },
  'POST /api/v1/exports': { body: () => ({ object: 'person', format: 'csv', fields: ['name'] }), ...created },
  // Its maker's alone: the asking administrator has made none.
  'GET /api/v1/exports/{id}': { own: 404 },
  'GET /api/v1/exports/{id}/file': { own: 404 },
  'POST /api/v1/workspace-archives': { body: () => ({ password: 'test-password-2' }), ...created },
  // Its maker's alone, as above.
  'GET /api/v1/workspace-archives/{id}/file': { own: 404 },
  'POST /api/v1/erasures/search': { body: () => ({ value: 'a@b.example' }) },
  'POST /api/v1/erasures/repeat': { body: () => ({ items: [] }) },
  'POST /api/v1/companies': { body: () => ({ name: 'C' }), ...created },
  'PATCH /api/v1/companies/{id}': { body: () => ({ note: 'x' }) },

  'POST /api/v1/objects': { body: () => ({ label: { one: named, many: named } }), ...created },
  'PATCH /api/v1/objects/{key}': { body: () => ({ isArchived: false }) },
  'POST /api/v1/objects/{key}/formulas/check': { body: () => ({ formula: 'length(name)' }) },
  'PUT /api/v1/objects/{key}/fields/{field}/index': { own: 202 },
  'POST /api/v1/objects/{key}/fields': { body: () => ({ type: 'text', label: named }), ...created },
  'PATCH /api/v1/objects/{key}/fields/{field}': { body: () => ({ label: named }) },
  'POST /api/v1/objects/{key}/records': { body: () => ({ name: 'R' }), ...created },
  'PATCH /api/v1/objects/{key}/records/{id}': { body: () => ({ name: 'R' }) },
  'GET /api/v1/objects/{key}/values': { query: ({ records }) => `?ids=${records}&fields=name` },
  'GET /api/v1/objects/{key}/rows': { query: () => '?fields=name' },
  'GET /api/v1/objects/{key}/groups': {
    ids: () => ({ objects: 'person' }),
    query: () => '?field=stage',
    foreign: 200,
  },
  'PATCH /api/v1/objects/{key}/values/{id}': {
    ids: ({ records = '' }) => ({ values: records }),
    body: () => ({ values: { name: 'R' } }),
  },
  'POST /api/v1/objects/{key}/bulk-edits': {
    body: ({ records }) => ({ ids: [records], field: 'custom.tajna', op: 'set', value: 'Tajna value' }),
    ...created,
  },
  'GET /api/v1/views': { query: () => '?object=person' },
  'POST /api/v1/views': { body: () => ({ object: 'person', name: 'V', columns: [{ field: 'name' }] }), ...created },
  'PATCH /api/v1/views/{id}': { body: () => ({ isShared: true }) },
  'POST /api/v1/conditions/check': { body: () => everybody },
  'POST /api/v1/conditions/count': { body: () => everybody },
  'POST /api/v1/conditions/why': { body: ({ people }) => ({ ...everybody, id: people }), foreign: 404 },

  'POST /api/v1/accounts': { body: () => ({ kind: 'api', name: 'A', config: {} }), ...created },
  'PATCH /api/v1/accounts/{id}': { body: () => ({ isEnabled: true }) },
  'POST /api/v1/arrivals/{id}/replay': { own: 204 },
  'POST /api/v1/imports': { isUpload: true, fileText: 'name,email\nA,a@example.com\n', ...created },
  'PATCH /api/v1/imports/{id}': { body: () => ({ onMatch: 'fill' }) },
  'GET /api/v1/imports/{id}/field-proposal': { query: () => '?column=0' },
  'POST /api/v1/imports/{id}/fields': { body: () => ({ column: 0, label: 'F', type: 'text' }) },
  'POST /api/v1/imports/{id}/check': { ids: ({ spareImport = '' }) => ({ imports: spareImport }) },
  // This one was not checked, so there is nothing to run, to stop or to take back.
  'POST /api/v1/imports/{id}/run': { own: 409 },
  'POST /api/v1/imports/{id}/stop': { own: 409 },
  'POST /api/v1/imports/{id}/undo': { own: 409 },
  'POST /api/v1/files': { isUpload: true, ...created },

  'POST /api/v1/webhooks': {
    body: () => ({ name: 'W', url: 'http://127.0.0.1:1/', events: ['customers.person_created'] }),
    ...created,
  },
  'PATCH /api/v1/webhooks/{id}': { body: () => ({ name: 'W' }) },
  'POST /api/v1/webhooks/{id}/test': { own: 202 },
  'POST /api/v1/webhooks/{id}/replay': {
    body: () => ({ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }),
    own: 202,
  },
  'POST /api/v1/webhooks/{id}/deliveries/{deliveryId}/replay': { own: 202 },

  'PATCH /api/v1/inbox/settings': { body: () => ({ reopenDays: 7 }) },
  'POST /api/v1/snippets': { body: () => ({ shortcut: unique(), title: 't', text: 't' }), ...created },
  'PATCH /api/v1/snippets/{id}': { body: () => ({ title: 't' }) },
  // Each workspace has its own of every name.
  'PUT /api/v1/card-layouts/{object}/readers/{reader}': {
    body: () => ({ blocks: [{ id: 'fields', isHidden: true }] }),
    foreign: 200,
  },
  'DELETE /api/v1/card-layouts/{object}/readers/{reader}': { foreign: 204 },
  'PUT /api/v1/people/{id}/household/{memberId}': { body: () => ({ part: null }) },
  'POST /api/v1/conversations/{id}/person': { body: () => ({ scope: 'conversation', name: 'N' }) },
  'POST /api/v1/conversations': {
    body: ({ people, mailbox }) => ({ personId: people, accountId: mailbox, to: 'a@b.example', text: 'x' }),
    ...created,
    foreign: 404,
  },
  'PATCH /api/v1/conversations/{id}': { body: () => ({ priority: 'high' }) },
  'PUT /api/v1/conversations/{id}/read': { body: () => ({ seq: 0 }), own: 204 },
  'PUT /api/v1/conversations/{id}/draft': { body: () => ({ mode: 'reply', text: 'x' }), own: 204 },
  'POST /api/v1/conversations/{id}/replies': { body: () => ({ text: 'x' }), ...created },
  'POST /api/v1/conversations/{id}/notes': { body: () => ({ text: 'x' }), ...created },
  // Only what failed is sent again, and nothing did.
  'POST /api/v1/messages/{id}/resend': { own: 404 },
}
