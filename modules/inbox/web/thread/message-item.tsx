import { UnstyledButton } from '@mantine/core'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import type { MessageWire } from '../inbox-api.ts'
import { MessageWhose } from '../person/message-whose.tsx'
import { ChannelIcon } from '../queue/channel-icon.tsx'
import { DeliveryFailure, DeliveryState } from './delivery-state.tsx'
import { LinkedText } from './linked-text.tsx'
import { MailFrame } from './mail-frame.tsx'
import { isLaidOut } from './mail-html.ts'
import { MessageContext } from './message-context.tsx'
import { MessageFiles } from './message-files.tsx'
import { isNewSubject } from './subject.ts'
import classes from './thread.module.css'

interface MessageItemProps {
  message: MessageWire
  /** Subject of the conversation: not said again by each of its messages. */
  matter: string
}

/** One utterance: of the customer, of ours, or a note among ourselves. */
export const MessageItem = memo(function MessageItem({ message, matter }: MessageItemProps) {
  const { t } = useTranslation()
  const { direction, delivery, files, html } = message
  const isFramed = html !== null && isLaidOut(html)
  const isBroken = delivery?.state === 'failed' || delivery?.state === 'unknown'
  return (
    <article
      className={classes.message}
      data-direction={direction}
      data-wide={isFramed}
      aria-label={t(`inbox.spoken.${direction}`, { name: message.from.name })}
    >
      <Head message={message} />
      <div className={classes.bubble}>
        {message.isDeleted && <em>{t('inbox.deleted')}</em>}
        {direction === 'in' && isNewSubject(message.subject, matter) && (
          <div className={classes.subject}>{message.subject}</div>
        )}
        {isFramed ? <MailFrame message={message} html={html} /> : <Words message={message} />}
        <MessageFiles files={isFramed ? files.filter(({ isInline }) => !isInline) : files} />
        <MessageContext context={message.context} />
      </div>
      {delivery && isBroken && <DeliveryFailure message={message} delivery={delivery} />}
      {delivery && !isBroken && (
        <div className={classes.foot}>
          <DeliveryState message={message} delivery={delivery} />
        </div>
      )}
    </article>
  )
})

function Head({ message }: { message: MessageWire }) {
  const { t } = useTranslation()
  const { from, channel, account, automatic, direction, sentAt, editedAt } = message
  return (
    <div className={classes.head}>
      <span className={`${classes.author} okno-clip`} title={from.address ?? undefined}>
        {from.name}
      </span>
      {direction === 'note' && <span>{t('inbox.noteHint')}</span>}
      {channel && <ChannelIcon kind={channel} size={13} />}
      {account && <span className="okno-clip">{account.name}</span>}
      {automatic && <span className={classes.automatic}>{t(`inbox.automatic.${automatic}`)}</span>}
      {editedAt && <span>{t('inbox.edited')}</span>}
      <Moment at={sentAt} form="clock" />
      {direction === 'in' && <MessageWhose message={message} />}
    </div>
  )
}

/** The words of this time; what they quote and their signature stay folded until asked for. */
function Words({ message: { text, quoted } }: { message: MessageWire }) {
  const { t } = useTranslation()
  const [isUnfolded, setUnfolded] = useState(false)
  return (
    <>
      {text !== '' && (
        <p className={classes.text}>
          <LinkedText text={text} />
        </p>
      )}
      {quoted && (
        <UnstyledButton
          className={classes.fold ?? ''}
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? t('inbox.mail.hideQuoted') : t('inbox.mail.showQuoted')}
        </UnstyledButton>
      )}
      {quoted && isUnfolded && (
        <div className={classes.quoted}>
          <LinkedText text={quoted} />
        </div>
      )}
    </>
  )
}
