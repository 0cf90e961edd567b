import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Draft } from '#modules/inbox/contract'
import { ApiProblem, api } from '#platform/web'
import { draftQuery, inboxKeys } from '../inbox-api.ts'

const SAVE_AFTER_MS = 600

const EMPTY: Draft = { mode: 'reply', text: '', fileIds: [] }
const isEmpty = ({ text, fileIds }: Draft) => text.trim() === '' && fileIds.length === 0

/** By conversation, the draft on its way to the server: the next one waits for it, or the older of the two could be the one that is kept. */
const underWay = new Map<string, Promise<unknown>>()

async function store(conversationId: string, draft: Draft): Promise<void> {
  const path = `/conversations/${conversationId}/draft`
  const put = () => (isEmpty(draft) ? api.delete(path) : api.put(path, draft))
  const storing = (underWay.get(conversationId) ?? Promise.resolve()).then(put).catch((error) => {
    // Without a connection it stays here and is saved with the next word.
    if (!(error instanceof ApiProblem)) throw error
  })
  underWay.set(conversationId, storing)
  await storing
  if (underWay.get(conversationId) === storing) underWay.delete(conversationId)
}

/** What is being written here: kept on the server as it grows, so that it survives a reload and is there on another computer. */
export function useDraft(conversationId: string) {
  const cache = useQueryClient()
  const { data: stored } = useQuery(draftQuery(conversationId))
  const [draft, setDraft] = useState<Draft>(() => stored ?? EMPTY)
  const isTouched = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(draft)
  latest.current = draft

  useEffect(() => {
    // The server's draft came before the first key was pressed.
    if (stored && !isTouched.current) setDraft(stored)
  }, [stored])

  const save = useRef(() => {})
  save.current = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    const now = latest.current
    cache.setQueryData(inboxKeys.draft(conversationId), isEmpty(now) ? null : now)
    void store(conversationId, now)
  }
  useEffect(
    () => () => {
      if (timer.current !== undefined) save.current()
    },
    [],
  )

  const change = (patch: Partial<Draft>) => {
    isTouched.current = true
    setDraft((before) => ({ ...before, ...patch }))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => save.current(), SAVE_AFTER_MS)
  }
  /** After sending: nothing is being written any more. */
  const clear = () => {
    isTouched.current = true
    latest.current = { ...EMPTY, mode: draft.mode }
    setDraft(latest.current)
    save.current()
  }
  return { draft, change, clear }
}
