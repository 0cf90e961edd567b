import { Button, Group, NumberInput, Select } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactChannel } from '#modules/customers/contract'
import { notify } from '#platform/web'
import { BlockForm } from './block-form.tsx'
import classes from './card.module.css'
import { useWish, type Wish } from './card-api.ts'
import { ChannelSelect } from './consent-selects.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

const PURPOSES = ['marketing', 'service']

/** What the person wishes of each channel: welcome or not, and how often at most. A consent says what we may, a wish what they like. */
export function CardWishes({ person: { id, preferences, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const wish = useWish(id)
  const [isOpen, setOpen] = useState(false)
  const forget = (known: Wish, what: string) =>
    wish.mutate(
      { ...known, isWelcome: null },
      {
        onSuccess: () => void notify(t('customers.wishes.gone', { what }), 'good', { undo: () => wish.mutate(known) }),
      },
    )
  return (
    <>
      {preferences.length > 0 && (
        <ul className={classes.lines} aria-label={t('customers.wishes.title')}>
          {preferences.map(({ channel, purpose, isWelcome, perMonth, changedBy }) => {
            const Icon = isWelcome ? IconCircleCheck : IconCircleX
            const what = t('customers.wishes.line', {
              purpose: t([`customers.purposes.${purpose}`, 'customers.purposes.other'], { purpose }),
              channel: t(`customers.channels.${channel}`),
            })
            return (
              <li key={`${channel} ${purpose}`} className={classes.identity} title={changedBy}>
                <Icon size={15} stroke={1.6} aria-hidden />
                <span className={classes.value}>
                  {what}: {isWelcome ? t('customers.wishes.welcome') : t('customers.wishes.unwelcome')}
                  {perMonth ? `, ${t('customers.wishes.perMonth', { count: perMonth })}` : ''}
                </span>
                {can.edit && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={t('customers.wishes.forgetOf', { what })}
                    disabled={wish.isPending}
                    onClick={() => forget({ channel, purpose, isWelcome, perMonth }, what)}
                  >
                    {t('customers.wishes.forget')}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {isOpen ? (
        <NewWish personId={id} onClose={() => setOpen(false)} />
      ) : (
        can.edit && (
          <Group>
            <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
              {t('customers.wishes.add')}
            </Button>
          </Group>
        )
      )}
    </>
  )
}

function NewWish({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const wish = useWish(personId)
  const [channel, setChannel] = useState<ContactChannel | null>('email')
  const [purpose, setPurpose] = useState('marketing')
  const [isWelcome, setWelcome] = useState(true)
  const [perMonth, setPerMonth] = useState<number | null>(null)
  return (
    <BlockForm
      submit={t('common.save')}
      isReady={channel !== null}
      isPending={wish.isPending}
      onClose={onClose}
      onSubmit={() => channel && wish.mutate({ channel, purpose, isWelcome, perMonth }, { onSuccess: onClose })}
    >
      <ChannelSelect label={t('customers.wishes.channel')} value={channel} onChange={setChannel} />
      <Select
        size="xs"
        allowDeselect={false}
        label={t('customers.consent.purpose')}
        value={purpose}
        data={PURPOSES.map((value) => ({ value, label: t(`customers.purposes.${value}`) }))}
        onChange={(value) => value && setPurpose(value)}
      />
      <Select
        size="xs"
        allowDeselect={false}
        label={t('customers.wishes.wish')}
        value={isWelcome ? 'yes' : 'no'}
        data={[
          { value: 'yes', label: t('customers.wishes.welcome') },
          { value: 'no', label: t('customers.wishes.unwelcome') },
        ]}
        onChange={(value) => setWelcome(value === 'yes')}
      />
      {isWelcome && (
        <NumberInput
          size="xs"
          min={1}
          max={100}
          allowDecimal={false}
          label={t('customers.wishes.howOften')}
          value={perMonth ?? ''}
          onChange={(value) => setPerMonth(typeof value === 'number' ? value : null)}
        />
      )}
    </BlockForm>
  )
}
