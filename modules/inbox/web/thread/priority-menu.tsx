import { Menu, UnstyledButton } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConversationWire } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import classes from './conversation.module.css'
import { PriorityMark } from './priority.tsx'

const ORDER = ['urgent', 'high', 'normal', 'low'] as const

export function PriorityMenu({ conversation: { id, priority, can } }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const change = useChangeConversation(id)
  const name = t(`inbox.priorities.${priority}`)
  return (
    <Menu disabled={!can.reply} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.chip ?? ''} aria-label={t('inbox.priority.is', { name })}>
          {priority === 'normal' ? <IconFlag size={13} aria-hidden /> : <PriorityMark priority={priority} />}
          {name}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {ORDER.map((each) => (
          <Menu.Item
            key={each}
            leftSection={<PriorityMark priority={each} />}
            onClick={() => change.mutate({ priority: each })}
          >
            {t(`inbox.priorities.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
