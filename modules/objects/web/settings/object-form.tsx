import { Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form } from '#platform/web'
import { useAddObject } from '../objects-api.ts'

/** Describes a new object: what one of it is called, and many. */
export function ObjectForm({ onDone }: { onDone: (key: string | null) => void }) {
  const { t } = useTranslation()
  const add = useAddObject()
  const [one, setOne] = useState('')
  const [many, setMany] = useState('')
  const label = { one: { en: one, ru: one }, many: { en: many, ru: many } }
  return (
    <Form
      submit={t('objects.object.add')}
      isPending={add.isPending}
      isReady={one.trim() !== '' && many.trim() !== ''}
      error={add.error}
      onSubmit={() => add.mutate({ label }, { onSuccess: ({ key }) => onDone(key) })}
    >
      <Stack gap="md">
        <TextInput
          label={t('objects.object.one')}
          placeholder={t('objects.object.oneExample')}
          required
          data-autofocus
          maxLength={200}
          value={one}
          onChange={(event) => setOne(event.currentTarget.value)}
        />
        <TextInput
          label={t('objects.object.many')}
          placeholder={t('objects.object.manyExample')}
          required
          maxLength={200}
          value={many}
          onChange={(event) => setMany(event.currentTarget.value)}
        />
      </Stack>
    </Form>
  )
}
