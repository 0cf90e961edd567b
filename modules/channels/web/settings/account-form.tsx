import { Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelKind } from '#modules/channels/contract'
import { Form, fieldErrors, notify } from '#platform/web'
import { type AccountWire, type Config, useChangeAccount, useCreateAccount } from '../channels-api.ts'
import { AccountBasics } from './account-basics.tsx'
import { presetOf, type Schema, toSend, withoutNulls } from './schema.ts'
import { SchemaForm } from './schema-form.tsx'

/** Settings of an account of any kind, as its schema describes them. */
export function AccountForm({
  account,
  kind: { kind, configSchema },
  onCreated,
}: {
  account: AccountWire | null
  kind: ChannelKind
  onCreated: (id: string) => void
}) {
  const { t } = useTranslation()
  const schema = configSchema as Schema // made by the server from the settings' own schema
  const create = useCreateAccount()
  const change = useChangeAccount(account?.id ?? '')
  const { error, isPending } = account ? change : create
  const [basics, setBasics] = useState({
    name: account?.name ?? t([`channels.kinds.${kind}.name`, 'channels.kinds.other.name'], { kind }),
    teamId: account?.teamId ?? null,
  })
  const [config, setConfig] = useState<Config>({ ...presetOf(schema), ...account?.config })
  const submit = () => {
    const sent = toSend(schema, config)
    if (!account)
      return create.mutate({ kind, ...basics, config: withoutNulls(sent) }, { onSuccess: ({ id }) => onCreated(id) })
    change.mutate(
      { ...basics, config: sent },
      {
        onSuccess: (saved) => {
          setConfig({ ...presetOf(schema), ...saved.config })
          void notify(t('common.saved'))
        },
      },
    )
  }
  const errors = fieldErrors(t, error)
  return (
    <Form
      submit={account ? t('common.save') : t('channels.accounts.create')}
      onSubmit={submit}
      isPending={isPending}
      error={error}
    >
      <Stack gap="md">
        <AccountBasics basics={basics} errors={errors} onChange={setBasics} />
        <SchemaForm kind={kind} schema={schema} config={config} errors={errors} onChange={setConfig} />
      </Stack>
    </Form>
  )
}
