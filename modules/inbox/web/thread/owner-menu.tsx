import { Popover, Skeleton, UnstyledButton } from '@mantine/core'
import { IconUser, IconUserQuestion } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '#platform/web'
import type { ConversationWire } from '../inbox-api.ts'
import classes from './conversation.module.css'
import { useWhatHappened } from './what-happened.ts'

const HandOver = lazy(() => import('./hand-over.tsx'))

/** Whose conversation it is; opens the hand-over: to a colleague or a team, with words for who takes over. */
export function OwnerMenu({ conversation, canAssign }: { conversation: ConversationWire; canAssign: boolean }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { owner, team, routing } = conversation
  const whatHappened = useWhatHappened()
  useShortcuts({ a: canAssign ? () => setOpen(true) : undefined })
  const Icon = owner ? IconUser : IconUserQuestion
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-start" width={300}>
      <Popover.Target>
        <UnstyledButton
          className={classes.chip ?? ''}
          disabled={!canAssign}
          onClick={() => setOpen(!isOpen)}
          title={routing ? whatHappened(routing, 'Okno') : t('inbox.assign.title')}
        >
          <Icon size={13} aria-hidden />
          <span className="okno-clip">
            {owner?.name ?? t('inbox.unowned')}
            {team ? ` · ${team.name}` : ''}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<Skeleton height={220} />}>
          <HandOver conversation={conversation} onDone={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
