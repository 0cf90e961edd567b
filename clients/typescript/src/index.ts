export type * from './api.ts'
export { type Answer, Okno, type OknoOptions, type PathsOf, type RequestOf } from './okno.ts'
export { OknoProblem } from './problem.ts'
export { verifyWebhook, WebhookNotGenuine } from './webhook.ts'
