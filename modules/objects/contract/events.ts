import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'

/** Objects or fields were described anew: whoever shows them asks again. */
export const descriptionChanged = defineEvent('objects.description_changed', z.object({ object: z.string() }))
export const recordChanged = defineEvent('objects.record_changed', z.object({ object: z.string(), recordId: z.uuid() }))
/** A bulk edit is a batch further, or ended. */
export const bulkEditChanged = defineEvent(
  'objects.bulk_edit_changed',
  z.object({ editId: z.uuid(), object: z.string() }),
)
