import { Button } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { problemText } from '#platform/web'
import { useComposerControl } from '../composer/composer-control.ts'
import { type Sending, useSend, useSendings } from '../sending.ts'
import classes from './thread.module.css'

/** What is on its way, at the end of the thread; what did not get through asks what to do. */
export function SendingItems({ conversationId }: { conversationId: string }) {
  return useSendings(conversationId).map((sending) => (
    <SendingItem key={sending.key} sending={sending} conversationId={conversationId} />
  ))
}

function SendingItem({ sending, conversationId }: { sending: Sending; conversationId: string }) {
  const { t } = useTranslation()
  const { again, drop } = useSend(conversationId)
  const composer = useComposerControl()
  const takeBack = () => {
    drop(sending.key)
    composer.rewrite(sending)
  }
  return (
    <article className={classes.message} data-direction={sending.mode === 'note' ? 'note' : 'out'}>
      <div className={classes.bubble} style={{ opacity: sending.state === 'sending' ? 0.7 : 1 }}>
        <p className={classes.text}>{sending.text}</p>
        {sending.files.map(({ id, name }) => (
          <div key={id}>📎 {name}</div>
        ))}
      </div>
      {sending.state === 'sending' ? (
        <div className={classes.foot}>
          <span className={classes.delivery}>
            <IconClock size={13} aria-hidden /> {t('inbox.delivery.storing')}
          </span>
        </div>
      ) : (
        <div className={classes.failure} data-soft={sending.state === 'moved'} role="alert">
          <span>{whyNotSent(t, sending)}</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => again(sending, { isMeant: sending.state === 'moved' })}
          >
            {sending.state === 'moved' ? t('inbox.moved.send') : t('states.retry')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={takeBack}>
            {t('inbox.moved.edit')}
          </Button>
        </div>
      )}
    </article>
  )
}

function whyNotSent(t: TFunction, { state, error }: Sending): string {
  if (state === 'moved') return t('inbox.moved.text')
  if (state === 'interrupted') return t('inbox.delivery.interrupted')
  return problemText(t, error)
}
