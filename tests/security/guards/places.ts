/** Places that several guards name. */
export const ACCESS = 'modules/access/server'
export const CHANNELS = 'modules/channels/server'
export const CHAT = `${CHANNELS}/chat`
export const EMAIL = `${CHANNELS}/adapters/email`
export const WEBHOOKS = 'modules/integrations/server/webhooks/webhooks.test.ts'
export const MCP = 'modules/integrations/server/tools/mcp.test.ts'
export const EVERY_ROUTE = 'tests/security/every-route.test.ts'
