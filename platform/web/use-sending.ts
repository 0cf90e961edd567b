import { useState } from 'react'
import { ApiProblem } from './api.ts'

/**
 * A value on its way to the server, to be shown in the place of the one before until the answer is there. `send` resolves to whether it was
 * taken; why not has been told by whoever asked.
 */
export function useSending<Value>() {
  const [sending, setSending] = useState<{ readonly value: Value } | null>(null)
  const send = async (value: Value, ask: (value: Value) => unknown): Promise<boolean> => {
    const mine = { value }
    setSending(mine)
    try {
      await ask(value)
      return true
    } catch (error) {
      if (error instanceof ApiProblem) return false
      throw error
    } finally {
      // A later value may be on its way by now.
      setSending((now) => (now === mine ? null : now))
    }
  }
  return { sending, send }
}
