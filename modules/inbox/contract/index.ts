export {
  type Conversation,
  type ConversationPatch,
  type ConversationQuery,
  conversation,
  conversationPatch,
  conversationQuery,
  conversationViews,
  type NewConversation,
  newConversation,
  type OwnDay,
  ownDay,
  type Priority,
  priorities,
  type ReplyRoute,
  replyRoute,
  type Status,
  statuses,
  type ViewCounts,
  viewCounts,
} from './conversations.ts'
export { conversationChanged, messageAdded, messageChanged } from './events.ts'
export { type Happening, happenings, type Line, line } from './happenings.ts'
export {
  type Draft,
  draft,
  MAX_PLACE,
  type Message,
  type MessageQuery,
  message,
  messageQuery,
  type NewNote,
  type NewReply,
  newNote,
  newReply,
} from './messages.ts'
export { type InboxSettings, inboxSettings, type Snippet, snippet, snippetDraft } from './settings.ts'
export { type PersonMove, personMove, type Speakers, speakers } from './speakers.ts'
