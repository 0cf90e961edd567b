import { Select, Textarea } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactChannel } from '#modules/customers/contract'
import { Moment } from '#platform/web'
import { BlockForm } from './block-form.tsx'
import classes from './card.module.css'
import { useGiveConsent } from './card-api.ts'
import { CardWishes } from './card-wishes.tsx'
import { ChannelSelect, GroundSelect } from './consent-selects.tsx'
import { GrowingSection } from './growing-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'
import { WithdrawButton } from './withdraw-button.tsx'

type ConsentWire = PersonBlockProps['person']['consents'][number]

/** The ledger: what the person agreed to, in which words, how we know, and what was taken back; under it what they wish. */
export function CardConsents({ person }: PersonBlockProps) {
  const { t } = useTranslation()
  const { id, consents, preferences, can } = person
  const inForce = consents.filter(({ withdrawnAt }) => !withdrawnAt)
  const ended = consents.filter(({ withdrawnAt }) => withdrawnAt)
  return (
    <GrowingSection
      title={t('customers.consents')}
      add={t('customers.consent.add')}
      hint={t('customers.consent.hint')}
      canAdd={can.edit}
      isEmpty={consents.length === 0 && preferences.length === 0}
      form={(close) => <NewConsent personId={id} onClose={close} />}
    >
      <ConsentList personId={id} consents={inForce} canEdit={can.edit} />
      {ended.length > 0 && (
        <details>
          <summary className={classes.fold}>{t('customers.consent.ended', { count: ended.length })}</summary>
          <ConsentList personId={id} consents={ended} canEdit={false} />
        </details>
      )}
      <CardWishes person={person} />
    </GrowingSection>
  )
}

function ConsentList({
  personId,
  consents,
  canEdit,
}: {
  personId: string
  consents: readonly ConsentWire[]
  canEdit: boolean
}) {
  if (consents.length === 0) return null
  return (
    <ul className={classes.lines}>
      {consents.map((consent) => (
        <ConsentItem key={consent.id} personId={personId} consent={consent} canEdit={canEdit} />
      ))}
    </ul>
  )
}

function ConsentItem({ personId, consent, canEdit }: { personId: string; consent: ConsentWire; canEdit: boolean }) {
  const { t } = useTranslation()
  const { id, purpose, channel, text, textVersion, source, ground, operatorName, givenAt, withdrawnAt } = consent
  const name = t([`customers.purposes.${purpose}`, 'customers.purposes.other'], { purpose })
  const how = ground
    ? t(`customers.consent.grounds.${ground}`, { defaultValue: ground })
    : t([`customers.evidence.${source}`, 'customers.evidence.other'], { source })
  return (
    <li className={classes.line}>
      <div className={classes.identity}>
        <IconSignature size={15} stroke={1.6} aria-hidden />
        <span className={`${classes.value} okno-clip`} data-ended={withdrawnAt !== null}>
          {name}
          {channel ? ` · ${t(`customers.channels.${channel}`)}` : ''}
        </span>
        {canEdit && <WithdrawButton personId={personId} consentId={id} name={name} />}
      </div>
      <span className={classes.lineFacts}>
        {t('customers.consent.given')} <Moment at={givenAt} />, {how}
        {operatorName ? ` · ${operatorName}` : ''}
      </span>
      {withdrawnAt && (
        <span className={classes.lineFacts}>
          {t('customers.withdrawn')} <Moment at={withdrawnAt} />
          {consent.withdrawnSource ? `, ${t(`customers.consent.grounds.${consent.withdrawnSource}`)}` : ''}
          {consent.withdrawnBy ? ` · ${consent.withdrawnBy}` : ''}
          {consent.withdrawnReason ? `: ${consent.withdrawnReason}` : ''}
        </span>
      )}
      <details>
        <summary className={classes.fold}>{t('customers.consent.text', { version: textVersion })}</summary>
        <p className={classes.noteText}>{text}</p>
      </details>
    </li>
  )
}

const PURPOSES = ['personal_data', 'marketing']

function NewConsent({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const give = useGiveConsent(personId)
  const [purpose, setPurpose] = useState('personal_data')
  const [channel, setChannel] = useState<ContactChannel | null>(null)
  const [ground, setGround] = useState<string>('call')
  const [text, setText] = useState('')
  return (
    <BlockForm
      submit={t('customers.consent.create')}
      isReady={text.trim() !== ''}
      isPending={give.isPending}
      onClose={onClose}
      onSubmit={() => give.mutate({ purpose, channel, ground, text: text.trim() }, { onSuccess: onClose })}
    >
      <Select
        size="xs"
        allowDeselect={false}
        label={t('customers.consent.purpose')}
        value={purpose}
        data={PURPOSES.map((value) => ({ value, label: t(`customers.purposes.${value}`) }))}
        onChange={(value) => value && setPurpose(value)}
      />
      <ChannelSelect label={t('customers.consent.channel')} value={channel} onChange={setChannel} />
      <GroundSelect label={t('customers.consent.ground')} value={ground} onChange={setGround} />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        label={t('customers.consent.words')}
        description={t('customers.consent.wordsHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </BlockForm>
  )
}
