import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'

/** An import moved on: rows were done, or its state changed. At most a few times a second. */
export const importMoved = defineEvent('exchange.import_moved', z.object({ importId: z.uuid() }))
