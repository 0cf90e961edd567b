import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWithdraw } from './card-api.ts'
import { GroundSelect } from './consent-selects.tsx'

/** Enters that a consent was taken back: how it was said, and why if it is known. The consent stays in the ledger. */
export function WithdrawButton({ personId, consentId, name }: { personId: string; consentId: string; name: string }) {
  const { t } = useTranslation()
  const withdraw = useWithdraw(personId)
  const [isOpen, setOpen] = useState(false)
  const [ground, setGround] = useState('call')
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    withdraw.mutate({ id: consentId, ground, reason: reason.trim() || null }, { onSuccess: () => setOpen(false) })
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} width={280} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={t('customers.consent.withdrawOf', { name })}
          onClick={() => setOpen(true)}
        >
          {t('customers.consent.withdraw')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" component="form" onSubmit={submit}>
          <Text fz="sm">{t('customers.consent.withdrawText')}</Text>
          <GroundSelect label={t('customers.consent.withdrawGround')} value={ground} onChange={setGround} />
          <TextInput
            size="xs"
            maxLength={500}
            label={t('customers.consent.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={() => setOpen(false)}>
              {t('common.cancel')}
            </Button>
            <Button size="xs" type="submit" loading={withdraw.isPending}>
              {t('customers.consent.withdraw')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
