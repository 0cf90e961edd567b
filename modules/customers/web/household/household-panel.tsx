import { Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, SidePanel } from '#platform/web'
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
  const [memberId, setMemberId] = useState(member?.personId ?? null)
  const [part, setPart] = useState(member?.part ?? '')
  const submit = () => {
    if (memberId) save.mutate({ memberId, part: part.trim() || null }, { onSuccess: onClose })
  }
  return (
    <SidePanel title={member?.name ?? t('customers.household.title')} isOpen onClose={onClose}>
      <Form onSubmit={submit} isPending={save.isPending} isReady={memberId !== null} error={save.error}>
        <Stack gap="md">
          {!member && <PersonSelect label={t('customers.household.person')} value={memberId} onChange={setMemberId} />}
          <TextInput
            label={t('customers.household.part')}
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
          loading={save.isPending}
          onClick={() => save.mutate({ memberId: member.personId, part: false }, { onSuccess: onClose })}
        >
          {t('customers.household.remove')}
        </Button>
      )}
    </SidePanel>
  )
}
