import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactChannels } from '../../contract/kinds.ts'
import { type CardWire, useChangePerson } from '../customers-api.ts'
import { ChoiceField } from './choice-field.tsx'
import { readBestTime, readBirthday, showBirthday } from './contact-values.ts'
import { InlineField } from './inline-field.tsx'

/** Languages that a company here is likely to meet; any other code is kept as it came. */
const LANGUAGES = ['ru', 'en', 'be', 'kk', 'uk', 'uz', 'tg', 'ky', 'hy', 'az', 'ka', 'tt', 'de', 'fr', 'es', 'tr', 'zh']

/** How to address, through what, when, in which language; the birthday. Empty ones wait behind a button. */
export function ContactFields({ person }: { person: CardWire }) {
  const { t, i18n } = useTranslation()
  const change = useChangePerson(person.id)
  const [isAll, setAll] = useState(false)
  const isFixed = !person.can.edit
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
  const label = (key: string) => t(`customers.fields.${key}`)
  /** What cannot be read is told, not stored. */
  const readable = (key: 'birthday' | 'bestTime', read: (text: string) => string | null) => ({
    wrong: (typed: string) => (typed !== '' && read(typed) === null ? t(`customers.fields.${key}Wrong`) : null),
    onSave: (typed: string) => change.mutateAsync({ [key]: typed === '' ? null : read(typed) }),
  })
  const fields = [
    {
      key: 'middleName',
      isSet: person.middleName,
      node: (
        <InlineField
          label={label('middleName')}
          value={person.middleName ?? ''}
          isFixed={isFixed}
          onSave={(value) => change.mutateAsync({ middleName: value || null })}
        />
      ),
    },
    {
      key: 'addressForm',
      isSet: person.addressForm,
      node: (
        <ChoiceField
          label={label('addressForm')}
          value={person.addressForm}
          options={(['formal', 'familiar'] as const).map((value) => ({
            value,
            label: t(`customers.addressForms.${value}`),
          }))}
          isFixed={isFixed}
          onSave={(value) =>
            change.mutateAsync({ addressForm: value === 'formal' || value === 'familiar' ? value : null })
          }
        />
      ),
    },
    {
      key: 'preferredChannel',
      isSet: person.preferredChannel,
      node: (
        <ChoiceField
          label={label('preferredChannel')}
          value={person.preferredChannel}
          options={contactChannels.map((value) => ({ value, label: t(`customers.channels.${value}`) }))}
          isFixed={isFixed}
          onSave={(value) =>
            change.mutateAsync({ preferredChannel: contactChannels.find((one) => one === value) ?? null })
          }
        />
      ),
    },
    {
      key: 'bestTime',
      isSet: person.bestTime,
      node: (
        <InlineField
          label={label('bestTime')}
          value={person.bestTime?.replace('-', '–') ?? ''}
          isFixed={isFixed}
          {...readable('bestTime', readBestTime)}
        />
      ),
    },
    {
      key: 'timeZone',
      isSet: person.timeZone,
      node: (
        <ChoiceField
          label={label('timeZone')}
          value={person.timeZone}
          options={isFixed ? [] : Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))}
          isFixed={isFixed}
          onSave={(timeZone) => change.mutateAsync({ timeZone })}
        />
      ),
    },
    {
      key: 'locale',
      isSet: person.locale,
      node: (
        <ChoiceField
          label={label('locale')}
          value={person.locale}
          options={LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value }))}
          isFixed={isFixed}
          onSave={(locale) => change.mutateAsync({ locale })}
        />
      ),
    },
    {
      key: 'birthday',
      isSet: person.birthday,
      node: (
        <InlineField
          label={label('birthday')}
          value={person.birthday ? showBirthday(person.birthday) : ''}
          isFixed={isFixed}
          {...readable('birthday', readBirthday)}
        />
      ),
    },
  ]
  const shown = fields.filter(({ isSet }) => isAll || isSet)
  const hidden = fields.length - shown.length
  return (
    <>
      {shown.map(({ key, node }) => (
        <div key={key}>{node}</div>
      ))}
      {hidden > 0 && !isFixed && (
        <div>
          <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
            {t('customers.fields.more', { count: hidden })}
          </Button>
        </div>
      )}
    </>
  )
}
