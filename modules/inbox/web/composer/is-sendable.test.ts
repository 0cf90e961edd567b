import { expect, test } from 'vitest'
import type { ReplyRoute } from '../inbox-api.ts'
import { isSendable } from './is-sendable.ts'

const aRoute = (more: Partial<ReplyRoute> = {}, maxTextLength: number | null = null): ReplyRoute => ({
  accountId: 'account',
  name: 'Support',
  kind: 'webchat',
  address: null,
  isDefault: true,
  allowed: true,
  until: null,
  reasonCode: null,
  capabilities: {
    formats: ['plain'],
    maxTextLength,
    maxAttachmentBytes: 1000,
    subject: false,
    replyToMessage: false,
    receipts: [],
    typing: false,
    reply: 'same_channel',
    startConversation: 'never',
    replyWindowHours: null,
    idempotentSend: true,
  },
  ...more,
})

const aReply = { mode: 'reply', text: 'Hello', files: 0, isUploading: false, route: aRoute() } as const

test('an answer needs words or a file', () => {
  expect(isSendable(aReply)).toBe(true)
  expect(isSendable({ ...aReply, text: '  ' })).toBe(false)
  expect(isSendable({ ...aReply, text: '', files: 1 })).toBe(true)
})

test('nothing is sent while a file is still on its way', () => {
  expect(isSendable({ ...aReply, isUploading: true })).toBe(false)
})

test('a way that allows nothing now, or no way at all, takes no answer but any note', () => {
  for (const route of [null, aRoute({ allowed: false, reasonCode: 'window_closed' })]) {
    expect(isSendable({ ...aReply, route })).toBe(false)
    expect(isSendable({ ...aReply, mode: 'note', route })).toBe(true)
  }
})

test('the length that the channel takes is kept', () => {
  expect(isSendable({ ...aReply, text: '12345', route: aRoute({}, 5) })).toBe(true)
  expect(isSendable({ ...aReply, text: '123456', route: aRoute({}, 5) })).toBe(false)
})
