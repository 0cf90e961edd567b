import { useEffect, useState } from 'react'
import { useMe } from '#modules/access/web'
import { useWhispers as useHeard, useLive } from '#platform/web'

interface Viewing {
  conversationId: string
  operatorId: string
  name: string
  isViewing: boolean
}

interface Typing {
  conversationId: string
  operatorId: string | null
  name: string
  isVisitor: boolean
}

/** Who looks says so again this often; who was silent for longer has left. */
const VIEWING_EVERY_MS = 15_000
const VIEWING_LASTS_MS = 35_000
const TYPING_LASTS_MS = 5000

interface Present {
  name: string
  until: number
}

const without = (people: Map<string, Present>, now: number) =>
  new Map([...people].filter(([, { until }]) => until > now))

/** Who else looks at this conversation, and who writes in it right now: colleagues and the customer. */
export function useWhoIsHere(conversationId: string) {
  const live = useLive()
  const me = useMe().operator.id
  const [viewers, setViewers] = useState(new Map<string, Present>())
  const [typists, setTypists] = useState(new Map<string, Present>())

  useEffect(() => {
    setViewers(new Map())
    setTypists(new Map())
    const tell = () => {
      if (document.visibilityState === 'visible') live.whisper('viewing', { conversationId })
      setViewers((all) => without(all, Date.now()))
    }
    tell()
    const timer = setInterval(tell, VIEWING_EVERY_MS)
    return () => {
      clearInterval(timer)
      live.whisper('viewing', { conversationId: null })
    }
  }, [conversationId, live])

  useEffect(() => {
    if (typists.size === 0) return
    const timer = setTimeout(() => setTypists((all) => without(all, Date.now())), TYPING_LASTS_MS)
    return () => clearTimeout(timer)
  }, [typists])

  useHeard<Viewing>('viewing', (heard) => {
    if (heard.operatorId === me) return
    setViewers((all) => {
      const next = without(all, Date.now())
      if (heard.conversationId === conversationId && heard.isViewing)
        next.set(heard.operatorId, { name: heard.name, until: Date.now() + VIEWING_LASTS_MS })
      else if (heard.conversationId === conversationId || heard.isViewing) next.delete(heard.operatorId)
      return next
    })
  })
  useHeard<Typing>('typing', (heard) => {
    if (heard.conversationId !== conversationId || heard.operatorId === me) return
    setTypists((all) => {
      const next = new Map(all)
      return next.set(heard.operatorId ?? 'visitor', { name: heard.name, until: Date.now() + TYPING_LASTS_MS })
    })
  })

  return {
    viewers: [...viewers.values()].map(({ name }) => name),
    typists: [...typists.values()].map(({ name }) => name),
  }
}
