// Lists that the browser shows: without schemas, so that it does not load what reads them.

/** Kinds of channels that a person may wish or refuse, whether Okno speaks through them or not. */
export const contactChannels = ['email', 'phone', 'sms', 'webchat', 'messenger', 'post'] as const
export type ContactChannel = (typeof contactChannels)[number]

/** How a consent was given or taken back. */
export const consentGrounds = ['form', 'paper', 'call', 'message', 'contract'] as const

/** What the other person is to this one → what this one is to the other. */
export const relationKinds = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  relative: 'relative',
  friend: 'friend',
  colleague: 'colleague',
  manager: 'subordinate',
  subordinate: 'manager',
  assistant: 'principal',
  principal: 'assistant',
  recommended_by: 'recommended',
  recommended: 'recommended_by',
  other: 'other',
} as const
export type RelationKind = keyof typeof relationKinds
