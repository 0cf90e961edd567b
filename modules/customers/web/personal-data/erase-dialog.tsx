import { List, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErasureDraft } from '#modules/customers/contract'
import { Form, Notice, SidePanel } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import { useErase } from './personal-data-api.ts'

const grounds = ['request', 'withdrawn', 'purpose_reached', 'unlawful'] as const

/** Says what will be gone and what stays, and asks for the name to be typed: nobody is erased by a slip. */
export default function EraseDialog({
  person,
  isOpen,
  onClose,
}: {
  person: CardWire
  isOpen: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const erase = useErase(person.id)
  const [draft, setDraft] = useState<ErasureDraft>({ name: '', ground: 'request', note: '' })
  const ground = (value: string | null) => grounds.find((one) => one === value) ?? draft.ground
  return (
    <SidePanel title={t('customers.personalData.eraseTitle')} isOpen={isOpen} onClose={onClose}>
      <Form
        submit={t('customers.personalData.eraseNow')}
        isForGood
        onSubmit={() => erase.mutate(draft, { onSuccess: onClose })}
        isPending={erase.isPending}
        isReady={draft.name.trim() !== ''}
        error={erase.error}
      >
        <Notice title={t('customers.personalData.forGood')}>
          <List fz="sm" spacing={4}>
            <List.Item>{t('customers.personalData.goes')}</List.Item>
            <List.Item>{t('customers.personalData.stays')}</List.Item>
            <List.Item>{t('customers.personalData.backups')}</List.Item>
          </List>
        </Notice>
        <Stack gap="md">
          <Select
            label={t('customers.personalData.ground')}
            data={grounds.map((value) => ({ value, label: t(`customers.personalData.grounds.${value}`) }))}
            value={draft.ground}
            allowDeselect={false}
            onChange={(value) => setDraft({ ...draft, ground: ground(value) })}
          />
          <TextInput
            label={t('customers.personalData.note')}
            description={t('customers.personalData.noteHint')}
            maxLength={200}
            value={draft.note}
            onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
          />
          <TextInput
            label={t('customers.personalData.typeName')}
            description={
              <Text component="span" fz="xs" fw={600}>
                {person.name}
              </Text>
            }
            autoComplete="off"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
        </Stack>
      </Form>
    </SidePanel>
  )
}
