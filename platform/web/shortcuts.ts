import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"], [role="combobox"]'))

const isDialogOpen = () => document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null

/** Enter belongs to the link or button that has the focus. */
const isPressing = (event: KeyboardEvent) =>
  event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button, summary') !== null

/** What `event.key` would be on a Latin keyboard: shortcuts work whatever the keyboard's language is. */
function latinKey(event: KeyboardEvent): string {
  if (event.key.length !== 1 || event.key.charCodeAt(0) < 128) return event.key
  if (event.code.startsWith('Key')) return event.code.slice(3).toLowerCase()
  // On the Russian layout "/" and "?" stand elsewhere; their own keys still count.
  if (event.code === 'Slash') return event.shiftKey ? '?' : '/'
  return event.key
}

/** Single keys that act while nothing is being typed and no dialog is open: `KeyboardEvent.key` in lower case, on a Latin layout. */
export function useShortcuts(shortcuts: Record<string, (() => void) | undefined>): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target) || isPressing(event) || isDialogOpen()) return
      const run = latest.current[latinKey(event).toLowerCase()]
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
