import type { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { type InboxSettings, inboxSettings } from '../contract/index.ts'
import { findSettings, saveSettings } from './settings.queries.ts'

export const inboxSettingsPatch = inboxSettings.partial()

/** Norms and hours of the workspace. What already waits keeps the times that it was promised. */
export const changeSettings =
  ({ transaction }: Platform) =>
  (actor: Actor, patch: z.infer<typeof inboxSettingsPatch>): Promise<InboxSettings> =>
    transaction(actor.workspaceId, async (tx) => {
      const settings = inboxSettings.parse({ ...(await findSettings(tx)), ...patch })
      await saveSettings(tx, settings)
      await audit(tx, actor, { action: 'changed', object: 'inbox.settings', details: patch })
      return settings
    })
