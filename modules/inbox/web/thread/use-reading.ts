import { useEffect, useRef } from 'react'
import type { ConversationWire } from '../inbox-api.ts'
import { useMarkRead } from '../inbox-mutations.ts'

/** Marks what stands on a visible screen as read; again when the window comes back to the front. */
export function useReading(conversation: ConversationWire | undefined): void {
  const id = conversation?.id ?? ''
  const { mutate } = useMarkRead(id)
  const told = useRef('')
  const lastSeq = conversation?.lastSeq ?? 0
  const unread = conversation?.unread ?? 0
  useEffect(() => {
    const tell = () => {
      const place = `${id} ${lastSeq}`
      if (unread === 0 || told.current === place || document.visibilityState !== 'visible') return
      told.current = place
      mutate(lastSeq)
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [id, lastSeq, unread, mutate])
}
