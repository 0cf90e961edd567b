import { Checkbox, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WebhookDraft } from '#modules/integrations/contract'
import { Form, fieldErrors } from '#platform/web'
import { eventTypesQuery, type WebhookWire } from '../webhooks-api.ts'

const PREFILLED = ['customers.person_created', 'inbox.conversation_changed', 'inbox.message_added']

/** Name, address and events of a webhook. */
export function WebhookForm({
  webhook,
  save,
}: {
  webhook: WebhookWire | null
  save: { isPending: boolean; error: Error | null; mutate: (draft: WebhookDraft) => void }
}) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<WebhookDraft>({
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    events: webhook?.events ?? PREFILLED,
    withObject: webhook?.withObject ?? true,
    allowPrivateAddresses: webhook?.allowPrivateAddresses ?? false,
  })
  const errors = fieldErrors(t, save.error)
  const put = (patch: Partial<WebhookDraft>) => setDraft({ ...draft, ...patch })
  return (
    <Form
      submit={webhook ? t('common.save') : t('integrations.webhooks.make')}
      onSubmit={() => save.mutate(draft)}
      isPending={save.isPending}
      isReady={draft.name.trim() !== '' && draft.url.trim() !== '' && draft.events.length > 0}
      error={save.error}
    >
      <Stack gap="md">
        <TextInput
          label={t('integrations.webhooks.name')}
          required
          data-autofocus
          maxLength={100}
          value={draft.name}
          error={errors.name}
          onChange={(event) => put({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('integrations.webhooks.url')}
          description={t('integrations.webhooks.urlHint')}
          required
          type="url"
          inputMode="url"
          placeholder="https://shop.example/okno"
          maxLength={2000}
          value={draft.url}
          error={errors.url}
          onChange={(event) => put({ url: event.currentTarget.value.trim() })}
        />
        <EventChoice chosen={draft.events} onChange={(events) => put({ events })} />
        <Switch
          label={t('integrations.webhooks.withObject')}
          description={t('integrations.webhooks.withObjectHint')}
          checked={draft.withObject}
          onChange={(event) => put({ withObject: event.currentTarget.checked })}
        />
        <Switch
          label={t('integrations.webhooks.private')}
          description={t('integrations.webhooks.privateHint')}
          checked={draft.allowPrivateAddresses}
          onChange={(event) => put({ allowPrivateAddresses: event.currentTarget.checked })}
        />
      </Stack>
    </Form>
  )
}

/** Every kind of event there is, by the module it comes from. */
function EventChoice({ chosen, onChange }: { chosen: string[]; onChange: (events: string[]) => void }) {
  const { t } = useTranslation()
  const { data: types = [] } = useQuery(eventTypesQuery)
  const groups = Map.groupBy(types, ({ type }) => type.split('.')[0] ?? '')
  return (
    <Checkbox.Group label={t('integrations.webhooks.events')} required value={chosen} onChange={onChange}>
      <Stack gap="sm" mt={4}>
        {[...groups].map(([group, members]) => (
          <Stack key={group} gap={6}>
            <Text fz="xs" c="dimmed">
              {t(`integrations.groups.${group}`, { defaultValue: group })}
            </Text>
            {members.map(({ type, about }) => (
              <Checkbox
                key={type}
                value={type}
                label={t(`integrations.events.${type}`, { defaultValue: about })}
                description={type}
              />
            ))}
          </Stack>
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
