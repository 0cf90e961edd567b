import { Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonSelect } from '#modules/customers/web'
import type { PersonMove } from '#modules/inbox/contract'
import { Form, SidePanel } from '#platform/web'
import type { ConversationWire, MessageWire } from '../inbox-api.ts'
import { useInboxAddress } from '../use-inbox-address.ts'
import { useMoveToPerson } from './move-api.ts'

type Scope = PersonMove['scope']
const SCOPES: readonly Scope[] = ['message', 'conversation', 'address']

/** "This is from someone else": from whom, and what follows. Without a message it is about the whole conversation. */
export default function SomeoneElse({
  conversation,
  message,
  onClose,
}: {
  conversation: Pick<ConversationWire, 'id' | 'person'>
  message?: MessageWire
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { open } = useInboxAddress()
  const [kind, setKind] = useState<'existing' | 'create'>('existing')
  const [personId, setPersonId] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('conversation')
  const move = useMoveToPerson(conversation.id, ({ id }) => {
    onClose()
    if (id !== conversation.id) open(id)
  })
  const isReady = kind === 'existing' ? personId !== null : name.trim() !== ''
  const submit = () =>
    move.mutate({
      scope,
      ...(message ? { messageId: message.id } : {}),
      ...(kind === 'existing' ? { personId: personId ?? '' } : { name: name.trim() }),
    })
  return (
    <SidePanel title={t('inbox.someoneElse.title')} isOpen onClose={onClose}>
      <Form submit={t('inbox.someoneElse.move')} onSubmit={submit} isPending={move.isPending} isReady={isReady}>
        <Stack gap="md">
          <Text fz="sm" c="dimmed">
            {t('inbox.someoneElse.taken', { name: conversation.person.name })}
          </Text>
          <SegmentedControl
            fullWidth
            aria-label={t('inbox.someoneElse.person')}
            value={kind}
            onChange={setKind}
            data={(['existing', 'create'] as const).map((one) => ({
              value: one,
              label: t(`inbox.someoneElse.${one}`),
            }))}
          />
          {kind === 'existing' ? (
            <Suspense fallback={null}>
              <PersonSelect isFirst label={t('inbox.someoneElse.person')} value={personId} onChange={setPersonId} />
            </Suspense>
          ) : (
            <TextInput
              label={t('inbox.someoneElse.newName')}
              maxLength={300}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {message && (
            <Radio.Group
              label={t('inbox.someoneElse.scope')}
              value={scope}
              onChange={(next) => setScope(SCOPES.find((one) => one === next) ?? scope)}
            >
              <Stack gap="sm" mt="xs">
                {SCOPES.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    label={t(`inbox.someoneElse.scopes.${one}`)}
                    description={t(`inbox.someoneElse.hints.${one}`, { address: message.from.address ?? '' })}
                  />
                ))}
              </Stack>
            </Radio.Group>
          )}
        </Stack>
      </Form>
    </SidePanel>
  )
}
