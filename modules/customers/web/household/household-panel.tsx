import { Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, notify, SidePanel } from '#platform/web'
import PersonSelect from '../lists/person-select.tsx'
import { type MemberWire, useHousehold } from './household-api.ts'

/** Where somebody is added to a household, or what is said of them there is changed. */
export default function HouseholdPanel({
  personId,
  member,
  onClose,
}: {
  personId: string
  member?: MemberWire
  onClose: () => void
}) {
  const { t } = useTranslation()
  const save = useHousehold(personId)
  const leave = useHousehold(personId)
  const [memberId, setMemberId] = useState(member?.personId ?? null)
  const [part, setPart] = useState(member?.part ?? '')
  const submit = () => {
    if (memberId) save.mutate({ memberId, part: part.trim() || null }, { onSuccess: onClose })
  }
  const remove = ({ personId: gone, name, part: was }: MemberWire) =>
    leave.mutate(
      { memberId: gone, part: false },
      {
        onSuccess: () => {
          onClose()
          const undo = () => save.mutate({ memberId: gone, part: was })
          void notify(t('customers.household.removed', { name }), 'good', { undo })
        },
      },
    )
  return (
    <SidePanel title={member?.name ?? t('customers.household.title')} isOpen onClose={onClose}>
      <Form onSubmit={submit} isPending={save.isPending} isReady={memberId !== null && !leave.isPending}>
        <Stack gap="md">
          {!member && (
            <PersonSelect isFirst label={t('customers.household.person')} value={memberId} onChange={setMemberId} />
          )}
          <TextInput
            data-autofocus={member !== undefined || undefined}
            label={t('customers.household.part')}
            placeholder={t('customers.household.partExample')}
            maxLength={100}
            value={part}
            onChange={(event) => setPart(event.currentTarget.value)}
          />
        </Stack>
      </Form>
      {member && (
        <Button
          mt="xl"
          size="sm"
          variant="default"
          loading={leave.isPending}
          disabled={save.isPending}
          onClick={() => remove(member)}
        >
          {t('customers.household.remove')}
        </Button>
      )}
    </SidePanel>
  )
}
