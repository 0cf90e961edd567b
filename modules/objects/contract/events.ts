import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'

/** Objects or fields were described anew: whoever shows them asks again. */
export const descriptionChanged = defineEvent('objects.description_changed', z.object({ object: z.string() }))
export const recordChanged = defineEvent('objects.record_changed', z.object({ object: z.string(), recordId: z.uuid() }))
