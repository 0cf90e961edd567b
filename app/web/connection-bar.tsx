import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveStatus } from '#platform/web'
import classes from './shell.module.css'

/** The first connection may take so long before it is worth a word. */
const PATIENCE_MS = 4000

/** Says at once that the window no longer hears what happens; goes away when everything missed has been replayed. */
export function ConnectionBar() {
  const { t } = useTranslation()
  const status = useLiveStatus()
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (status !== 'connecting') return setSlow(false)
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [status])
  const isBroken = status === 'lost' || (status === 'connecting' && isSlow)
  return (
    <div role="status">
      {isBroken && (
        <div className={classes.connection}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('shell.connectionLost')}
        </div>
      )}
    </div>
  )
}
