import { IconInbox, IconMessageCircle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '#modules/inbox/contract'
import { api, type Command, type CommandSource, type WirePage } from '#platform/web'
import { LIST_PATH, views } from './use-inbox-address.ts'

const MIN_WORDS = 2
const SHOWN = 6

/** Conversations by number or words, and the views by name. */
export const inboxCommands: CommandSource = {
  id: 'inbox',
  order: 10,
  useCommands: (words) => {
    const { t } = useTranslation()
    const navigate = useNavigate()
    const table: Command = {
      id: 'table',
      label: t('inbox.list.title'),
      group: t('inbox.command.go'),
      icon: IconInbox,
      run: () => void navigate({ to: LIST_PATH }),
    }
    const go = (view: string) => void navigate({ to: '/inbox', search: { view } as never })
    const conversations = useFoundConversations(words)
    const named = views.map((view): Command => {
      const label = t('inbox.command.view', { name: t(`inbox.views.${view}`) })
      return { id: `view ${view}`, label, group: t('inbox.command.go'), icon: IconInbox, run: () => go(view) }
    })
    const fits = ({ label }: Command) => label.toLocaleLowerCase().includes(words.toLocaleLowerCase())
    return [...conversations, ...[...named, table].filter(fits)]
  },
}

function useFoundConversations(words: string): Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['inbox', 'palette', words],
    queryFn: ({ signal }) =>
      api.get<WirePage<Conversation>>('/conversations', { signal, query: { q: words, sort: 'recent', limit: SHOWN } }),
    enabled: words.length >= MIN_WORDS,
    placeholderData: keepPreviousData,
  })
  if (words.length < MIN_WORDS) return []
  return (data?.items ?? []).map(({ id, number, person, subject, lastText }) => ({
    id: `conversation ${id}`,
    label: `№ ${number} · ${person.name}`,
    description: subject || lastText,
    group: t('inbox.command.conversations'),
    icon: IconMessageCircle,
    run: () => void navigate({ to: `/inbox/${id}` }),
  }))
}
