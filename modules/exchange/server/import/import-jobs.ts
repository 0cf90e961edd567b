import { z } from 'zod'
import { defineJob } from '#platform/server/jobs'

const data = z.object({ importId: z.uuid() })

/** What is done with an import behind the scenes. */
export const importJobs = {
  check: defineJob('exchange.check_import', data),
  run: defineJob('exchange.run_import', data),
  search: defineJob('exchange.search_import', data),
  undo: defineJob('exchange.undo_import', data),
}
