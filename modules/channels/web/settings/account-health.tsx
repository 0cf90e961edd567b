import { useTranslation } from 'react-i18next'
import type { AccountWire } from '../channels-api.ts'
import classes from './account-health.module.css'
import { healthCause } from './health-cause.ts'

const looks = ({ isEnabled, health }: AccountWire) =>
  isEnabled ? ({ new: 'calm', connecting: 'soon', connected: 'good', failing: 'bad' } as const)[health] : 'calm'

/** How an account is, in words and a colour. `isFull` also says why it fails. */
export function AccountHealth({ account, isFull = false }: { account: AccountWire; isFull?: boolean }) {
  const { t } = useTranslation()
  const reasonOf = useHealthReason()
  const { isEnabled, health, healthReason } = account
  const state = t(isEnabled ? `channels.health.${health}` : 'channels.health.off')
  return (
    <span className={classes.health} data-looks={looks(account)}>
      {isFull && isEnabled && health === 'failing' && healthReason
        ? t('channels.health.because', { state, reason: reasonOf(healthReason) })
        : state}
    </span>
  )
}

/** The reason in the reader's words, with those of the other side behind them. */
export function useHealthReason() {
  const { t } = useTranslation()
  return (reason: string): string => {
    const cause = healthCause(reason)
    return cause ? t(`channels.health.causes.${cause}`, { reason }) : reason
  }
}
