import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { snippetsQuery } from '../inbox-api.ts'
import classes from './composer.module.css'
import { snippetWordAt } from './snippet-word.ts'

const MAX_SHOWN = 8

/** Offers snippets while a word that begins with `/` is being typed. `onInsert` gets the whole new text and the caret. */
export function useSnippets(
  { text, caret, isOff }: { text: string; caret: number; isOff: boolean },
  onInsert: (text: string, caret: number) => void,
) {
  const word = isOff ? null : snippetWordAt(text, caret)
  const { data: all = [] } = useQuery({ ...snippetsQuery, enabled: word !== null })
  const [chosen, setChosen] = useState(0)
  const [refused, setRefused] = useState<number | null>(null)
  const wanted = word?.word.toLocaleLowerCase() ?? ''
  const found =
    word && word.start !== refused
      ? all
          .filter(
            ({ shortcut, title }) =>
              shortcut.toLocaleLowerCase().startsWith(wanted) || title.toLocaleLowerCase().includes(wanted),
          )
          .slice(0, MAX_SHOWN)
      : []
  // biome-ignore lint/correctness/useExhaustiveDependencies: another word begins at the first line again
  useEffect(() => setChosen(0), [wanted])
  const insert = (index: number) => {
    const snippet = found[index]
    if (!snippet || !word) return
    onInsert(text.slice(0, word.start) + snippet.text + text.slice(word.end), word.start + snippet.text.length)
  }
  /** True when the key was meant for the list. */
  const onKey = (key: string): boolean => {
    if (found.length === 0) return false
    if (key === 'ArrowDown') setChosen((chosen + 1) % found.length)
    else if (key === 'ArrowUp') setChosen((chosen + found.length - 1) % found.length)
    else if (key === 'Enter' || key === 'Tab') insert(chosen)
    else if (key === 'Escape') setRefused(word?.start ?? null)
    else return false
    return true
  }
  return { found, chosen, isOpen: found.length > 0, insert, onKey }
}

export function SnippetList({ found, chosen, insert }: Omit<ReturnType<typeof useSnippets>, 'onKey'>) {
  const { t } = useTranslation()
  if (found.length === 0) return null
  return (
    <div className={classes.snippets} id="okno-snippets" role="listbox" aria-label={t('inbox.snippets')}>
      {found.map(({ id, shortcut, title, text }, index) => (
        <div
          key={id}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={classes.snippet}
          onMouseDown={(event) => {
            // The text box keeps the focus.
            event.preventDefault()
            insert(index)
          }}
        >
          <strong>/{shortcut}</strong>
          <span>{title}</span>
          <span className={`${classes.snippetText} okno-clip`}>{text}</span>
        </div>
      ))}
    </div>
  )
}
