/** What programs may do by the Model Context Protocol, reading first. */
export const toolNames = [
  'search',
  'read_card',
  'read_conversation',
  'describe',
  'find',
  'add_note',
  'create_task',
] as const
export type ToolName = (typeof toolNames)[number]
