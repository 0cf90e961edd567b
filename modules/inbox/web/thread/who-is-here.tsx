import { IconEye, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './thread.module.css'
import { useWhoIsHere } from './use-whispers.ts'

/** The line between thread and composer: who writes, who looks. Empty most of the time, so nothing jumps. */
export function WhoIsHere({ conversationId }: { conversationId: string }) {
  const { t, i18n } = useTranslation()
  const { viewers, typists } = useWhoIsHere(conversationId)
  const list = (names: string[]) => new Intl.ListFormat(i18n.language).format(names)
  return (
    <div className={classes.whispers} role="status">
      {typists.length > 0 ? (
        <>
          <IconPencil size={13} style={{ verticalAlign: -2 }} aria-hidden />{' '}
          {t('inbox.here.typing', { names: list(typists), count: typists.length })}
        </>
      ) : (
        viewers.length > 0 && (
          <>
            <IconEye size={13} style={{ verticalAlign: -2 }} aria-hidden />{' '}
            {t('inbox.here.viewing', { names: list(viewers), count: viewers.length })}
          </>
        )
      )}
    </div>
  )
}
