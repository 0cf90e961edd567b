import { useCallback, useEffect, useRef } from 'react'

const isPaletteKey = (event: KeyboardEvent) =>
  event.code === 'KeyK' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey

/**
 * Ctrl/⌘ K calls `onToggle`. What is typed before the palette's box has the focus is meant for it, not for the screen behind:
 * it is kept, and the answered function hands it over.
 */
export function usePaletteKey(isOpen: boolean, onToggle: () => void): () => string {
  const early = useRef<string | null>(null)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isPaletteKey(event)) {
        event.preventDefault()
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        early.current = isOpen ? null : ''
        onToggle()
      } else if (
        early.current !== null &&
        event.key.length === 1 &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey
      ) {
        early.current += event.key
        event.preventDefault()
        event.stopPropagation()
      }
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [isOpen, onToggle])
  return useCallback(() => {
    const typed = early.current ?? ''
    early.current = null
    return typed
  }, [])
}
