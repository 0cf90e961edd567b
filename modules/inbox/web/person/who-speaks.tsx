import { Button, Group } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationWire } from '../inbox-api.ts'
import { speakersQuery, useMoveToPerson, useShareAddress } from './move-api.ts'
import classes from './who-speaks.module.css'

const SomeoneElse = lazy(() => import('./someone-else.tsx'))

/** One line above the answer when several people use the address: who is it now? Or when it looks so: do they? */
export function WhoSpeaks({ conversation }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const { data } = useQuery(speakersQuery(conversation.id, conversation.lastSeq))
  const move = useMoveToPerson(conversation.id)
  const share = useShareAddress()
  const [isOpen, setOpen] = useState(false)
  if (!data?.address || !data.can.move) return null
  const { address, people, names } = data
  if (!address.isShared && names.length === 0) return null
  const decide = (shared: boolean) => share.mutate({ personId: address.personId, identityId: address.id, shared })
  return (
    <section className={classes.bar} aria-label={t('inbox.speakers.title')}>
      <span>
        <IconUsersGroup size={15} style={{ verticalAlign: -3 }} aria-hidden />{' '}
        {address.isShared
          ? t('inbox.speakers.shared', { address: address.value })
          : t('inbox.speakers.namesDiffer', { address: address.value, names: names.join(', ') })}{' '}
        {address.isShared && <strong>{t('inbox.speakers.title')}</strong>}
      </span>
      <Group gap={6}>
        {address.isShared ? (
          <>
            {people.map(({ id, name }) => (
              <Button
                key={id}
                size="compact-xs"
                variant={id === conversation.person.id ? 'filled' : 'default'}
                aria-pressed={id === conversation.person.id}
                loading={move.isPending && move.variables?.personId === id}
                onClick={() => id !== conversation.person.id && move.mutate({ scope: 'conversation', personId: id })}
              >
                {name}
              </Button>
            ))}
            <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
              {t('inbox.speakers.someoneElse')}
            </Button>
          </>
        ) : (
          <>
            <Button size="compact-xs" loading={share.isPending} onClick={() => decide(true)}>
              {t('inbox.speakers.isShared')}
            </Button>
            <Button size="compact-xs" variant="default" loading={share.isPending} onClick={() => decide(false)}>
              {t('inbox.speakers.notShared')}
            </Button>
          </>
        )}
      </Group>
      {isOpen && (
        <Suspense>
          <SomeoneElse conversation={conversation} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}
