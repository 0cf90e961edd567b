import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useMe } from '#modules/access/web'
import type { Draft } from '#modules/inbox/contract'
import { ApiProblem, api, forgetUnsaved, keepUnsaved, readUnsaved, useLiveStatus } from '#platform/web'
import { draftQuery, inboxKeys } from '../inbox-api.ts'

const SAVE_AFTER_MS = 600

const EMPTY: Draft = { mode: 'reply', text: '', fileIds: [] }
const isEmpty = ({ text, fileIds }: Draft) => text.trim() === '' && fileIds.length === 0

/** By conversation, the draft on its way to the server: the next one waits for it, or the older of the two could be the one that is kept. */
const underWay = new Map<string, Promise<unknown>>()

async function store(conversationId: string, draft: Draft, onStored: () => void): Promise<void> {
  const path = `/conversations/${conversationId}/draft`
  const put = () => (isEmpty(draft) ? api.delete(path) : api.put(path, draft))
  const storing = (underWay.get(conversationId) ?? Promise.resolve()).then(put).then(onStored, (error) => {
    // Without a connection it stays in this browser and is saved with the next word, or when the connection is back.
    if (!(error instanceof ApiProblem)) throw error
  })
  underWay.set(conversationId, storing)
  await storing
  if (underWay.get(conversationId) === storing) underWay.delete(conversationId)
}

/**
 * What is being written here: kept on the server as it grows, so that it is there on another computer, and in this browser until the server has
 * it, so that a reload loses nothing.
 */
export function useDraft(conversationId: string) {
  const cache = useQueryClient()
  const kept = `${useMe().operator.id}.draft.${conversationId}`
  const status = useLiveStatus()
  const { data: stored } = useQuery(draftQuery(conversationId))
  const [leftBehind] = useState(() => readUnsaved<Draft>(kept))
  const [draft, setDraft] = useState<Draft>(leftBehind ?? stored ?? EMPTY)
  const isTouched = useRef(leftBehind !== undefined)
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
    void store(conversationId, now, () => {
      if (latest.current === now) forgetUnsaved(kept)
    })
  }
  useEffect(() => {
    if (status === 'connected' && readUnsaved(kept) !== undefined) save.current()
  }, [status, kept])
  useEffect(
    () => () => {
      if (timer.current !== undefined) save.current()
    },
    [],
  )

  const put = (next: Draft) => {
    isTouched.current = true
    latest.current = next
    setDraft(next)
    keepUnsaved(kept, next)
  }
  const change = (patch: Partial<Draft>) => {
    put({ ...latest.current, ...patch })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => save.current(), SAVE_AFTER_MS)
  }
  /** After sending: nothing is being written any more. */
  const clear = () => {
    put({ ...EMPTY, mode: latest.current.mode })
    save.current()
  }
  return { draft, change, clear }
}
