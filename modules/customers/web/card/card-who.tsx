import { useTranslation } from 'react-i18next'
import { useNow } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import classes from './card.module.css'
import { CardPhoto } from './card-photo.tsx'
import { CardStage } from './card-stage.tsx'
import { localTime } from './local-time.ts'

/** The face, the name and stage, and what one must know before the first word: how to address, through what, what time it is there. */
export function CardWho({ person }: { person: CardWire }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { name, addressForm, preferredChannel, bestTime, timeZone } = person
  const there = localTime(new Date(now), timeZone, bestTime, i18n.language)
  const facts = [
    addressForm && t(`customers.addressForms.${addressForm}`),
    preferredChannel &&
      t('customers.who.channel', {
        channel: t(`customers.channels.${preferredChannel}`, { defaultValue: preferredChannel }),
      }),
    bestTime && t('customers.who.bestTime', { time: bestTime.replace('-', '–') }),
  ].filter((fact) => typeof fact === 'string')
  return (
    <div className={classes.who}>
      <CardPhoto person={person} />
      <div className={classes.whoWords}>
        <h2 className={classes.name}>{name}</h2>
        <CardStage person={person} />
        {facts.length > 0 && <span className={classes.whoFacts}>{facts.join(' · ')}</span>}
        {there && (
          <span className={classes.whoFacts} data-good={there.isGood}>
            {t('customers.who.localTime', { time: there.clock })}
            {there.isGood !== null && `, ${t(there.isGood ? 'customers.who.goodTime' : 'customers.who.badTime')}`}
          </span>
        )}
      </div>
    </div>
  )
}
