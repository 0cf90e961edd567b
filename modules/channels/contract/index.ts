export {
  type Account,
  type AccountDraft,
  type Arrival,
  account,
  accountDraft,
  accountPatch,
  arrival,
  type ChannelKind,
  channelKind,
} from './accounts.ts'
export { type Capabilities, capabilities } from './capabilities.ts'
export {
  type ChatAck,
  type ChatConfig,
  type ChatEntry,
  type ChatFile,
  type ChatHello,
  chatHandshake,
  chatLimits,
  chatRequests,
} from './chat.ts'
export { type DeliveryState, deliveryStates } from './delivery.ts'
export { accountChanged, chatAnswerUnseen, deliveryChanged, factsArrived } from './events.ts'
export { cardFields, type FormField, formFieldTypes, usualFields } from './forms.ts'
export {
  mailFault,
  type SandboxMail,
  type SandboxState,
  type SandboxWebhook,
  sandboxApi,
  sandboxFaults,
  sandboxMail,
  sandboxMailbox,
  sandboxState,
  sandboxWebhook,
  webhookFault,
} from './sandbox.ts'
