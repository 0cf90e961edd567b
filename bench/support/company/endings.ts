/** What can happen in a conversation, as the two sides see it. */
export interface Talk {
  customer(): Promise<void>
  operator(more?: object): Promise<void>
  note(): Promise<void>
  change(patch: object): Promise<void>
}

/** How a conversation goes, from the customer's first words on. */
export const ENDINGS = {
  waits: async (talk) => {
    await talk.customer()
  },
  asksAgain: async (talk) => {
    await talk.customer()
    await talk.operator()
    await talk.customer()
  },
  answered: async (talk) => {
    await talk.customer()
    await talk.operator()
  },
  snoozed: async (talk) => {
    await talk.customer()
    await talk.operator()
    await talk.change({ status: 'snoozed', snoozedUntil: new Date(Date.now() + 40 * 86_400_000).toISOString() })
  },
  urgent: async (talk) => {
    await talk.customer()
    await talk.operator()
    await talk.change({ priority: 'high', tags: ['доставка'] })
    await talk.customer()
  },
  closed: async (talk) => {
    await talk.customer()
    await talk.operator({ after: 'close' })
  },
  talked: async (talk) => {
    await talk.customer()
    await talk.operator()
    await talk.customer()
    await talk.operator()
    await talk.note()
    await talk.customer()
    await talk.operator({ after: 'close' })
  },
  tagged: async (talk) => {
    await talk.customer()
    await talk.operator()
    await talk.change({ tags: ['гарантия'], priority: 'urgent' })
    await talk.customer()
    await talk.operator({ after: 'close' })
  },
  reopened: async (talk) => {
    await talk.customer()
    await talk.operator({ after: 'close' })
    await talk.customer()
    await talk.operator({ after: 'close' })
  },
  ignored: async (talk) => {
    await talk.customer()
    await talk.change({ status: 'closed' })
  },
} satisfies Record<string, (talk: Talk) => Promise<void>>
export type Ending = keyof typeof ENDINGS
export const endings = Object.keys(ENDINGS) as Ending[]
