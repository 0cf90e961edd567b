import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'

/** An operator was added, changed or archived. */
export const operatorChanged = defineEvent('access.operator_changed', z.object({ operatorId: z.uuid() }))
export const teamChanged = defineEvent('access.team_changed', z.object({ teamId: z.uuid() }))
/** The company's name, language or time zone changed. */
export const workspaceChanged = defineEvent('access.workspace_changed', z.object({}))
/** Somebody became able to take conversations, or no longer is. */
export const presenceChanged = defineEvent(
  'access.presence_changed',
  z.object({ operatorId: z.uuid(), isPresent: z.boolean() }),
)
