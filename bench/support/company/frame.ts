import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BenchOkno } from '../okno.ts'

/** Conversation numbers of samples begin here, so that they are known among other digits. */
export const FIRST_NUMBER = 770_000_000

/** What stays the same in every company that a story is told in. */
export interface Frame {
  readonly workspaceId: string
  readonly operator: { id: string; name: string }
  /** Takes an external id and a name; and one that vouches for e-mails and phones, whose conversations belong to a team. */
  readonly accounts: { plain: Door; trusting: Door; form: Door }
  readonly teamId: string
  readonly companyId: string
  /** Where the accounts send answers; it stands on every answer. */
  readonly host: string
}
interface Door {
  readonly id: string
  readonly key: string
}

/** Makes what stories need: an operator who answers, accounts, a team, a company where people work. */
export async function makeFrame(okno: BenchOkno): Promise<Frame> {
  const { operator } = await okno.call<{ operator: { id: string; name: string } }>('PATCH', '/me', {
    name: 'Ъоператор',
  })
  const team = await okno.call<{ id: string }>('POST', '/teams', { name: 'Магазин', operatorIds: [operator.id] })
  const account = (kind: string, name: string, more: object) =>
    okno.call<Door>('POST', '/accounts', { kind, name, ...more })
  const host = await receiver()
  const config = { webhookUrl: `http://${host}/`, allowPrivateAddresses: true }
  const accounts = {
    plain: await account('api', 'Чат', { config }),
    trusting: await account('api', 'Магазин', { config: { ...config, trustIdentities: true }, teamId: team.id }),
    form: await account('form', 'Сайт', { config: {} }),
  }
  const company = await okno.call<{ id: string }>('POST', '/companies', { name: 'Первая' })
  const [workspace] = await okno.query<{ id: string }>('select id from platform.workspaces')
  await okno.query('insert into inbox.tags (workspace_id, name) values ($1, $2), ($1, $3)', [
    workspace?.id,
    'доставка',
    'гарантия',
  ])
  await okno.query(
    `insert into inbox.numbers (workspace_id, last_number) values ($1, $2)
    on conflict (workspace_id) do update set last_number = excluded.last_number`,
    [workspace?.id, FIRST_NUMBER],
  )
  return {
    workspaceId: workspace?.id ?? '',
    operator: { id: operator.id, name: operator.name },
    accounts,
    teamId: team.id,
    companyId: company.id,
    host,
  }
}

/** A system that takes answers, in this process. It does not keep the process alive. */
async function receiver(): Promise<string> {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('{}')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  // A server that listens on TCP has an address of this form.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
