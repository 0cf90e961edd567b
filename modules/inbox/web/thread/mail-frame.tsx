import { Button } from '@mantine/core'
import { IconPhotoOff } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageWire } from '../inbox-api.ts'
import { hasRemoteImages } from './mail-html.ts'
import classes from './thread.module.css'

const MAX_PX = 4000

/**
 * A mail as its sender laid it out, in a frame that runs no scripts and sends no forms. Images of other servers come only when asked
 * for, by the policy of the page in the frame: they tell the sender that somebody looked.
 */
export function MailFrame({ message, html }: { message: MessageWire; html: string }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const [heightPx, setHeightPx] = useState(120)
  const [withImages, setWithImages] = useState(false)
  const measure = () => {
    const page = frame.current?.contentDocument?.documentElement
    if (page) setHeightPx(Math.min(page.scrollHeight, MAX_PX))
  }
  return (
    <>
      {hasRemoteImages(html) && !withImages && (
        <div className={classes.frameBar}>
          <span>
            <IconPhotoOff size={14} style={{ verticalAlign: -3 }} aria-hidden /> {t('inbox.mail.imagesOff')}
          </span>
          <Button size="compact-xs" variant="subtle" flex="none" onClick={() => setWithImages(true)}>
            {t('inbox.mail.showImages')}
          </Button>
        </div>
      )}
      <iframe
        ref={frame}
        className={classes.frame}
        title={t('inbox.mail.frame', { name: message.from.name })}
        // Own origin only so that its height can be measured: without scripts nothing in it can use that.
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        style={{ height: heightPx }}
        onLoad={measure}
        src={`/api/v1/messages/${message.id}/page?images=${withImages ? 1 : 0}`}
      />
    </>
  )
}
