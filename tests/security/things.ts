import { expect } from 'vitest'
import { uploadImport } from '../support/imports.ts'
import { ADMIN, API_KEY, eventually, type TestOkno } from '../support/platform.ts'

/** One thing of each kind in the first workspace, all of whose words begin with "Tajna": ids by the word before them in a path. */
export async function makeThings(okno: TestOkno): Promise<Record<string, string>> {
  const make = async (path: string, body: unknown, status = 201) => {
    const answer = await okno.call('POST', path, body)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(status)
    return answer.body
  }
  const { id: people, identities } = await make('/people', {
    name: 'Tajna person',
    emails: ['tajna@example.com', 'tajna2@example.com'],
  })
  const { id: alike } = await make('/people', { name: 'Tajna likeness' })
  await makeAlike(okno, people, alike)
  const { id: companies } = await make('/companies', { name: 'Tajna company' })
  const account = await make('/accounts', { kind: 'api', name: 'Tajna account', config: {} })
  const smtp = { host: '127.0.0.1', port: 1, security: 'none' }
  const mailbox = await make('/accounts', {
    kind: 'email',
    name: 'Tajna mailbox',
    config: { address: 'tajna@okno.test', smtp },
  })
  await makeConversation(okno, account.key)
  const label = { en: 'Tajna thing', ru: 'Tajna thing' }
  const { key: objects } = await make('/objects', { key: 'tajna', label: { one: label, many: label } })
  await make(`/objects/${objects}/fields`, { key: 'tajna', type: 'text', label })
  const { id: records } = await make(`/objects/${objects}/records`, { name: 'Tajna record' })
  return {
    teams: (await make('/teams', { name: 'Tajna team' })).id,
    snippets: (await make('/snippets', { shortcut: 'tajna', title: 'Tajna snippet', text: 'Tajna text' })).id,
    people,
    ...(await makeAround(okno, make, people)),
    identities: identities[0].id,
    movable: identities[1].id,
    spare: (await make('/people', { name: 'Tajna spare' })).id,
    restrictable: (await make('/people', { name: 'Tajna restrictable' })).id,
    erasable: (await make('/people', { name: 'Tajna erasable' })).id,
    lone: (await make('/people', { name: 'Tajna lone' })).id,
    'card-layouts': 'person',
    readers: 'operator',
    household: (await make('/people', { name: 'Tajna mate' })).id,
    merges: await makeMerge(make),
    likenesses: alike,
    companies,
    accounts: account.id,
    mailbox: mailbox.id,
    operators: okno.admin.operatorId ?? '',
    objects,
    fields: 'custom.tajna',
    records,
    'bulk-edits': await makeBulkEdit(okno, objects, records),
    views: (
      await make('/views', { object: 'person', name: 'Tajna view', columns: [{ field: 'name' }], isShared: true })
    ).id,
    files: await upload(okno, '/files'),
    imports: await uploadList(okno),
    'workspace-archives': await makeArchive(okno),
    spareImport: await uploadList(okno),
    ...(await makeWebhook(make)),
    ...(await makeMail(okno, mailbox.id)),
  }
}

/** An export of the whole workspace that lies ready. */
async function makeArchive(okno: TestOkno): Promise<string> {
  const { id } = (await okno.call('POST', '/workspace-archives', { password: ADMIN.password })).body
  await eventually(async () => (await okno.call('GET', '/workspace-archives')).body.items[0].state === 'done')
  return id
}

/** A bulk edit that has ended and can be taken back. */
async function makeBulkEdit(okno: TestOkno, object: string, record: string): Promise<string> {
  const draft = { ids: [record], field: 'custom.tajna', op: 'set', value: 'Tajna' }
  const { id } = (await okno.call('POST', `/objects/${object}/bulk-edits`, draft)).body
  await eventually(async () => (await okno.call('GET', `/bulk-edits/${id}`)).body.state === 'done')
  return id
}

type Make = (path: string, body: unknown, status?: number) => Promise<{ id: string; deliveryId?: string }>

/** Two cards joined to one. */
async function makeMerge(make: Make): Promise<string> {
  const kept = await make('/people', { name: 'Tajna kept' })
  const hidden = await make('/people', { name: 'Tajna hidden' })
  return (await make('/merges', { keptId: kept.id, hiddenId: hidden.id })).id
}

/** Two cards that may be the same person, as the product notes them. */
async function makeAlike(okno: TestOkno, one: string, other: string) {
  const [first, second] = [one, other].sort()
  await okno.platform.database.pool.query(
    `insert into customers.likenesses (workspace_id, person_id, other_id, reasons) values ($1, $2, $3, '[]')`,
    [okno.workspaceId, first, second],
  )
}

/** A webhook that calls nobody, with one delivery in its log. */
async function makeWebhook(make: Make): Promise<Record<string, string>> {
  const draft = { name: 'Tajna webhook', url: 'http://127.0.0.1:1/', events: ['customers.person_created'] }
  const { id: webhooks } = await make('/webhooks', draft)
  const { deliveryId } = await make(`/webhooks/${webhooks}/test`, undefined, 202)
  return { webhooks, deliveries: deliveryId ?? '' }
}

/** What stands around a card: its photo, a paper, a task, a note, a relation and a consent. */
async function makeAround(okno: TestOkno, make: Make, people: string): Promise<Record<string, string>> {
  const other = await make('/people', { name: 'Tajna friend' })
  await okno.call('POST', `/people/${people}/relations`, { otherId: other.id, kind: 'friend' })
  await okno.call('POST', `/people/${people}/consents`, { purpose: 'marketing', text: 'Tajna words', ground: 'call' })
  await upload(okno, `/people/${people}/photo`, 'PUT', aPhoto())
  const { relations, consents } = (await okno.call('GET', `/people/${people}`)).body
  return {
    papers: await upload(okno, `/people/${people}/files`),
    tasks: (await make(`/people/${people}/tasks`, { title: 'Tajna task' })).id,
    notes: (await make(`/people/${people}/notes`, { text: 'Tajna note' })).id,
    relations: relations[0].id,
    consents: consents[0].id,
  }
}

/** The head of a picture of one dot. */
function aPhoto(): FormData {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000000000000000', 'hex')
  const form = new FormData()
  form.set('file', new Blob([head], { type: 'image/png' }), 'tajna.png')
  return form
}

async function upload(okno: TestOkno, path: string, method = 'POST', body = aFile()): Promise<string> {
  const response = await fetch(`${okno.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}` },
    body,
  })
  return ((await response.json()) as { id: string }).id
}

/** A list of people that is to be imported. */
const uploadList = async (okno: TestOkno): Promise<string> =>
  (await uploadImport(okno, 'name,email\nTajna row,tajna-row@example.com\n', { name: 'tajna.csv' })).body.id

export function aFile(text = 'Tajna file'): FormData {
  const form = new FormData()
  form.set('file', new Blob([text], { type: 'text/plain' }), 'tajna.txt')
  return form
}

async function makeConversation(okno: TestOkno, key: string): Promise<void> {
  const from = { id: 'u1', name: 'Tajna sender' }
  const response = await fetch(`${okno.url}/in/${key}`, {
    method: 'POST',
    body: JSON.stringify({ id: 'm1', thread: 't1', from, text: 'Tajna message' }),
  })
  expect(response.ok).toBe(true)
}

/** A mail with HTML, in a conversation of its own. */
async function makeMail(okno: TestOkno, accountId: string): Promise<Record<string, string>> {
  const body = Buffer.from('From: tajna@mail.example\nSubject: Tajna mail\nContent-Type: text/html\n\n<b>Tajna</b>')
  const raw = { key: 'tajna', receivedAt: new Date(), headers: {}, body }
  await okno.modules.channels.accept({ workspaceId: okno.workspaceId, accountId }, raw)
  const conversations = await eventually(async () => {
    const { items } = (await okno.call('GET', '/conversations')).body
    return items.length === 2 ? (items as { id: string; subject: string }[]) : null
  })
  const conversation = conversations.find(({ subject }) => subject === 'Tajna mail')
  const messages = await okno.call('GET', `/conversations/${conversation?.id}/messages`)
  const arrivals = await okno.call('GET', '/arrivals')
  return {
    conversations: conversation?.id ?? '',
    messages: messages.body.items[0].id,
    arrivals: arrivals.body.items[0].id,
  }
}
