import { useThrottledCallback } from '@mantine/hooks'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '#platform/web'
import classes from './composer.module.css'
import { SnippetList, useSnippets } from './snippets.tsx'

const TYPING_EVERY_MS = 2000

interface ComposerInputProps {
  ref: RefObject<HTMLTextAreaElement | null>
  conversationId: string
  mode: 'reply' | 'note'
  text: string
  onType: (text: string) => void
  onSubmit: (after?: 'close') => void
  onFiles: (files: Iterable<File>) => void
}

/** The text box: Ctrl/⌘ Enter sends (with Shift: and closes), `/` at a word's beginning offers snippets, pasted files are attached. */
export function ComposerInput({ ref, conversationId, mode, text, onType, onSubmit, onFiles }: ComposerInputProps) {
  const { t } = useTranslation()
  const live = useLive()
  const [caret, setCaret] = useState(0)
  const tellTyping = useThrottledCallback(() => live.whisper('typing', { conversationId, mode }), TYPING_EVERY_MS)
  const snippets = useSnippets({ text, caret, isOff: mode === 'note' }, (next, position) => {
    onType(next)
    // After React has drawn the new text: setting the caret before would be undone by it.
    requestAnimationFrame(() => ref.current?.setSelectionRange(position, position))
  })
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onSubmit(event.shiftKey ? 'close' : undefined)
    } else if (snippets.onKey(event.key)) event.preventDefault()
    else if (event.key === 'Escape') event.currentTarget.blur()
  }
  return (
    <>
      <SnippetList {...snippets} />
      <textarea
        ref={ref}
        className={classes.input}
        value={text}
        rows={2}
        aria-label={t(`inbox.composer.${mode}`)}
        placeholder={t(`inbox.composer.${mode}Placeholder`)}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={snippets.isOpen ? 'okno-snippets' : undefined}
        onChange={(event) => {
          onType(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart)
          tellTyping()
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          onFiles(event.clipboardData.files)
        }}
      />
    </>
  )
}
