import { Problem } from '#platform/shared/problems'
import type { ChannelAccount } from './uses.ts'

/** How one side of a conversation was reached: taken from its messages. */
export interface Heard {
  readonly accountId: string
  readonly direction: 'in' | 'out'
  readonly isAutomatic: boolean
  readonly seq: number
  readonly address: string
  readonly thread: string | null
  readonly email: string | null
  readonly name: string | null
}

export interface Route {
  readonly account: ChannelAccount
  readonly to: string
  readonly toName: string | null
  readonly thread: string | null
}

/**
 * Where an answer goes: by the account of the customer's last message, to the address it came from. `wanted` = another account, on
 * purpose. A channel that only brings things in (a form) is answered by an account that may write first, at the e-mail address
 * the customer left.
 *
 * @throws Problem `inbox.no_route` (422), `inbox.account_disabled` (409)
 */
export function replyRoute(
  heard: readonly Heard[],
  accounts: ReadonlyMap<string, ChannelAccount>,
  wanted?: string,
): Route {
  const newest = [...heard].sort((a, b) => rank(b) - rank(a) || b.seq - a.seq)
  const found = wanted ? byAccount(newest, accounts.get(wanted)) : byLastMessage(newest, accounts)
  if (!found) throw new Problem('inbox.no_route', 422, 'There is no known address to answer to by this account.')
  if (!found.account.isEnabled)
    throw new Problem('inbox.account_disabled', 409, 'This account is switched off; choose another one.', {
      params: { account: found.account.name },
    })
  return found
}

/** What a person wrote us counts most, then what a machine of theirs sent, then where we wrote ourselves. */
const rank = ({ direction, isAutomatic }: Heard) => (direction === 'out' ? 0 : isAutomatic ? 1 : 2)

function byLastMessage(heard: readonly Heard[], accounts: ReadonlyMap<string, ChannelAccount>): Route | undefined {
  const [last] = heard
  const account = last && accounts.get(last.accountId)
  if (!last || !account) return undefined
  if (account.capabilities.reply === 'same_channel') return routeTo(account, last)
  const used = heard.find(({ accountId }) => accounts.get(accountId)?.capabilities.reply === 'same_channel')
  const usedAccount = used && accounts.get(used.accountId)
  const other = usedAccount && mayWriteFirst(usedAccount) ? usedAccount : accountToWriteFirst(accounts, account)
  return byAccount(heard, other)
}

function byAccount(heard: readonly Heard[], account: ChannelAccount | undefined): Route | undefined {
  if (account?.capabilities.reply !== 'same_channel') return undefined
  const last = heard.find(({ accountId }) => accountId === account.id)
  if (last) return routeTo(account, last)
  const reachable = heard.find(({ email }) => email !== null)
  if (!reachable?.email || !mayWriteFirst(account)) return undefined
  return { account, to: reachable.email, toName: reachable.name, thread: null }
}

const routeTo = (account: ChannelAccount, { address, name, thread, direction }: Heard): Route => ({
  account,
  to: address,
  toName: direction === 'in' ? name : null,
  thread,
})

const mayWriteFirst = ({ isEnabled, capabilities }: ChannelAccount) =>
  isEnabled && capabilities.reply === 'same_channel' && capabilities.startConversation === 'always'

/** Every way to answer in a conversation: where the customer wrote or can be written to, the preset one first. */
export function replyRoutes(
  heard: readonly Heard[],
  accounts: ReadonlyMap<string, ChannelAccount>,
): (Route & { isDefault: boolean })[] {
  const newest = [...heard].sort((a, b) => rank(b) - rank(a) || b.seq - a.seq)
  const preset = byLastMessage(newest, accounts)
  const others = [...accounts.values()].filter(({ id }) => id !== preset?.account.id)
  return [
    ...(preset ? [{ ...preset, isDefault: true }] : []),
    ...others.flatMap((account) => byAccount(newest, account) ?? []).map((route) => ({ ...route, isDefault: false })),
  ]
}

/** The account by which we write first to an e-mail address, near the one by which the customer came. */
export function accountToWriteFirst(
  accounts: ReadonlyMap<string, ChannelAccount>,
  near: ChannelAccount | undefined,
): ChannelAccount | undefined {
  const able = [...accounts.values()].filter(mayWriteFirst)
  return able.find(({ teamId }) => teamId !== null && teamId === near?.teamId) ?? able[0]
}
