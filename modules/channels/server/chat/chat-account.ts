import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { type ChatConfig, chatLimits } from '../../contract/chat.ts'
import type { AccountRef } from '../account-ref.ts'
import { type WebchatConfig, webchatConfig } from '../adapters/webchat/config.ts'
import { ACCOUNT_TOPIC } from '../save-account.ts'

/** What the chat needs from the rest of the product. */
export interface ChatDoors {
  /** The enabled webchat account of a public key, its config with secrets opened; null when there is none. */
  findAccount(key: string): Promise<(AccountRef & { teamId: string | null; config: unknown }) | null>
  /** Operators who could answer now. */
  presentOperators(tx: Tx): Promise<readonly { name: string; teamIds: readonly string[] }[]>
}

export interface ChatAccount extends AccountRef {
  readonly key: string
  readonly config: WebchatConfig
  /** As visitors may see it. */
  readonly shown: ChatConfig
}

export type FindChatAccount = (key: string) => Promise<ChatAccount | null>

/** Milliseconds for which a newly present operator may stay unseen by visitors who come. */
const CACHE_MS = 5000
const MAX_NAMES = 3

/** Looks accounts up by their public key; answers are kept for some seconds, or until settings change, because every page of a site asks. */
export function findChatAccount(
  doors: ChatDoors,
  { transaction, bus }: Pick<Platform, 'transaction' | 'bus'>,
): FindChatAccount {
  const cache = new Map<string, { account: Promise<ChatAccount | null>; untilMs: number }>()
  bus.onMessage(ACCOUNT_TOPIC, () => cache.clear())

  const load = async (key: string): Promise<ChatAccount | null> => {
    const found = await doors.findAccount(key)
    if (!found) return null
    const config = webchatConfig.parse(found.config)
    const present = await transaction(found.workspaceId, doors.presentOperators)
    const team = present.filter(({ teamIds }) => found.teamId === null || teamIds.includes(found.teamId))
    const { workspaceId, accountId } = found
    return { workspaceId, accountId, key, config, shown: shownConfig(config, team) }
  }
  return (key) => {
    const nowMs = Date.now()
    const kept = cache.get(key)
    if (kept && kept.untilMs > nowMs) return kept.account
    if (cache.size > 1000) cache.clear()
    const account = load(key)
    cache.set(key, { account, untilMs: nowMs + CACHE_MS })
    account.catch(() => cache.delete(key))
    return account
  }
}

const shownConfig = (config: WebchatConfig, present: readonly { name: string }[]): ChatConfig => ({
  title: config.title || null,
  greeting: config.greeting || null,
  hours: config.hours || null,
  colour: config.colour,
  locale: config.locale,
  position: config.position,
  askEmail: config.askEmail,
  privacyUrl: config.privacyUrl || null,
  agents: [...new Set(present.map(({ name }) => name.split(' ')[0] ?? name))].slice(0, MAX_NAMES),
  isSomebodyHere: present.length > 0,
  limits: { text: chatLimits.text, files: chatLimits.files, fileBytes: chatLimits.fileBytes },
})

/** True when the page at `origin` may use this account: in its list, or Okno's own page. */
export const isOriginAllowed = ({ config }: ChatAccount, origin: string | undefined, publicUrl: string): boolean =>
  config.allowedOrigins.length === 0 ||
  (origin !== undefined &&
    (origin === new URL(publicUrl).origin ||
      config.allowedOrigins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase())))
