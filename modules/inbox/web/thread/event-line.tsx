import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import type { MessageWire } from '../inbox-api.ts'
import classes from './thread.module.css'
import { useWhatHappened } from './what-happened.ts'

/** What happened with the conversation, as one quiet line. */
export function EventLine({ message }: { message: MessageWire }) {
  const { t } = useTranslation()
  const whatHappened = useWhatHappened()
  const words = message.event ? whatHappened(message.event, message.from.name) : message.text
  return (
    <div className={classes.event}>
      {words || t('inbox.events.other')} · <Moment at={message.sentAt} form="clock" />
    </div>
  )
}
