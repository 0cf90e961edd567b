import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'

/** A webhook was made, changed, switched off or removed, or has news in its log. */
export const webhookChanged = defineEvent('integrations.webhook_changed', z.object({ webhookId: z.uuid() }))
