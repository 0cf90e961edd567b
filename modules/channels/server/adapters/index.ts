import type { RegisteredAdapter } from '../channel-adapter.ts'
import { api } from './api/index.ts'
import { email } from './email/index.ts'
import { form } from './form/index.ts'
import { createWebchat } from './webchat/index.ts'
import type { ChatProvider } from './webchat/provider.ts'

/** Every kind of channel. Adding a line here is the whole registration. */
export const adapters = (hosted: { chat: ChatProvider }): readonly RegisteredAdapter[] => [
  email,
  createWebchat(hosted.chat),
  form,
  api,
]
