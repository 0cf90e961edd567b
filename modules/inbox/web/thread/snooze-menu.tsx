import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core'
import { IconMoonStars } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatExact, useShortcuts, useWorkspaceZone } from '#platform/web'
import type { ConversationWire } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import { snoozeChoices } from './snooze-choices.ts'

/** Puts a conversation away until a moment; it comes back by itself, or when the customer writes. */
export function SnoozeMenu({ conversation }: { conversation: ConversationWire }) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const change = useChangeConversation(conversation.id)
  const [isOpen, setOpen] = useState(false)
  const [own, setOwn] = useState('')
  useShortcuts({ s: () => setOpen(true) })
  const snooze = (until: Date) => {
    setOpen(false)
    change.mutate({ status: 'snoozed', snoozedUntil: until.toISOString() })
  }
  const isSnoozed = conversation.status === 'snoozed'
  return (
    <Menu opened={isOpen} onChange={setOpen} width={260}>
      <Menu.Target>
        <Tooltip label={t('inbox.snooze.title')}>
          <ActionIcon aria-label={t('inbox.snooze.title')} {...(isSnoozed ? { variant: 'light', color: 'okno' } : {})}>
            <IconMoonStars size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {snoozeChoices(new Date()).map(({ name, at }) => (
          <Menu.Item
            key={name}
            onClick={() => snooze(at)}
            rightSection={<small>{formatExact(at, i18n.language, zone).replace(/^.*?(\d{1,2}:\d{2}.*)$/, '$1')}</small>}
          >
            {t(`inbox.snooze.${name}`)}
          </Menu.Item>
        ))}
        {isSnoozed && <Menu.Item onClick={() => change.mutate({ status: 'open' })}>{t('inbox.snooze.wake')}</Menu.Item>}
        <Menu.Divider />
        <form
          style={{ padding: 8, display: 'grid', gap: 6 }}
          onSubmit={(event) => {
            event.preventDefault()
            if (own) snooze(new Date(own))
          }}
        >
          <TextInput
            type="datetime-local"
            size="xs"
            aria-label={t('inbox.snooze.own')}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="light" disabled={!own}>
            {t('inbox.snooze.set')}
          </Button>
        </form>
      </Menu.Dropdown>
    </Menu>
  )
}
