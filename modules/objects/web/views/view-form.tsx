import { Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeleteButton, Form } from '#platform/web'
import { useChangeView, useKeepView, useRemoveView, type ViewWire } from './views-api.ts'
import type { Listed } from './views-of-list.ts'

interface ViewFormProps {
  object: string
  /** Null for a new one, which keeps `listed`. */
  view: ViewWire | null
  listed: Listed
  mayShare: boolean
  /** Hears which view stands there now; null after it was removed. */
  onDone: (id: string | null) => void
}

/** Names a view, shares it with the company, or removes it. */
export function ViewForm({ object, view, listed, mayShare, onDone }: ViewFormProps) {
  const { t } = useTranslation()
  const keep = useKeepView(object)
  const change = useChangeView(object)
  const remove = useRemoveView(object)
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(view?.isShared ?? false)
  const then = { onSuccess: ({ id }: ViewWire) => onDone(id) }
  const save = () =>
    view
      ? change.mutate({ id: view.id, name, ...(isShared === view.isShared ? {} : { isShared }) }, then)
      : keep.mutate({ ...listed, columns: [...listed.columns], name, isShared }, then)
  return (
    <>
      <Form
        submit={t('objects.views.save')}
        isPending={keep.isPending || change.isPending}
        isReady={name.trim() !== ''}
        error={keep.error ?? change.error}
        onSubmit={save}
      >
        <Stack gap="md">
          <TextInput
            label={t('objects.views.name')}
            placeholder={t('objects.views.nameExample')}
            required
            data-autofocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {mayShare && (
            <Switch
              label={t('objects.views.share')}
              description={t('objects.views.shareText')}
              checked={isShared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
      {view && (
        <DeleteButton
          id={view.id}
          words={t('objects.views.remove')}
          question={t(view.isShared ? 'objects.views.removeSharedQuestion' : 'objects.views.removeQuestion')}
          remove={remove}
          onDone={() => onDone(null)}
        />
      )}
    </>
  )
}
