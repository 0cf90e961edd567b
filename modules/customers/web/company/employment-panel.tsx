import { Button, Checkbox, Chip, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BuyingRole, buyingRoles } from '#modules/customers/contract'
import { ConfirmButton, Form, SidePanel } from '#platform/web'
import { CompanySelect } from '../lists/company-select.tsx'
import PersonSelect from '../lists/person-select.tsx'
import { type EmploymentWire, useEmploy } from './company-api.ts'

export interface OpenedPlace {
  readonly personId?: string
  readonly companyId?: string
  readonly companyName?: string
  /** What is changed; a new one is made without it. */
  readonly employment?: EmploymentWire
}

/** Where one employment is written down or changed: position, part in buying, dates, the first to turn to. */
export default function EmploymentPanel({ place, onClose }: { place: OpenedPlace; onClose: () => void }) {
  const { t } = useTranslation()
  const { employment } = place
  const [save, leave, remove] = [useEmploy(), useEmploy(), useEmploy()]
  const isBusy = save.isPending || leave.isPending || remove.isPending
  const [personId, setPersonId] = useState(employment?.personId ?? place.personId ?? null)
  const [companyId, setCompanyId] = useState(employment?.companyId ?? place.companyId ?? null)
  const [position, setPosition] = useState(employment?.position ?? '')
  const [roles, setRoles] = useState<readonly string[]>(employment?.roles ?? [])
  const [since, setSince] = useState(employment?.since ?? '')
  const [until, setUntil] = useState(employment?.until ?? '')
  const [isMain, setMain] = useState(employment?.isMain ?? false)
  const isBackwards = since !== '' && until !== '' && until < since
  const draft = {
    position: position.trim() || null,
    roles: buyingRoles.filter((role): role is BuyingRole => roles.includes(role)),
    since: since || null,
    until: until || null,
    isMain,
  }
  const title = employment
    ? t('customers.employment.title', { name: employment.personName, company: employment.companyName })
    : t(place.companyId ? 'customers.employment.addPerson' : 'customers.employment.addCompany')
  const submit = () => {
    if (personId && companyId) save.mutate({ personId, companyId, draft }, { onSuccess: onClose })
  }
  return (
    <SidePanel title={title} isOpen onClose={onClose}>
      <Form
        onSubmit={submit}
        isPending={save.isPending}
        isReady={personId !== null && companyId !== null && !isBackwards && (save.isPending || !isBusy)}
        error={save.error ?? leave.error ?? remove.error}
      >
        <Stack gap="md">
          {!employment && !place.personId && <PersonSelect isFirst value={personId} onChange={setPersonId} />}
          {!employment && !place.companyId && <CompanySelect isFirst value={companyId} onChange={setCompanyId} />}
          <TextInput
            data-autofocus={employment !== undefined || undefined}
            label={t('customers.employment.position')}
            maxLength={200}
            value={position}
            onChange={(event) => setPosition(event.currentTarget.value)}
          />
          <div>
            <Text fz="sm" fw={500} mb={6} id="buying-roles">
              {t('customers.employment.rolesTitle')}
            </Text>
            <Chip.Group multiple value={[...roles]} onChange={setRoles}>
              <Group gap={6} role="group" aria-labelledby="buying-roles">
                {buyingRoles.map((role) => (
                  <Chip key={role} value={role} size="xs">
                    {t(`customers.employment.roles.${role}`)}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </div>
          <Group grow align="start">
            <TextInput
              type="date"
              label={t('customers.employment.sinceDate')}
              value={since}
              onChange={(event) => setSince(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('customers.employment.untilDate')}
              value={until}
              error={isBackwards && t('customers.problems.employment_dates')}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
          </Group>
          <Checkbox
            label={t('customers.employment.main')}
            description={t('customers.employment.mainHint')}
            disabled={until !== ''}
            checked={isMain && until === ''}
            onChange={(event) => setMain(event.currentTarget.checked)}
          />
        </Stack>
      </Form>
      {employment && (
        <Group mt="xl" gap="sm">
          {!employment.isFormer && (
            <Button
              variant="default"
              size="sm"
              loading={leave.isPending}
              disabled={isBusy}
              onClick={() => leave.mutate({ ...employment, draft: { until: today() } }, { onSuccess: onClose })}
            >
              {t('customers.employment.leave')}
            </Button>
          )}
          <ConfirmButton
            size="sm"
            question={t('customers.employment.removeQuestion')}
            confirm={t('customers.employment.remove')}
            isPending={remove.isPending}
            onConfirm={() => remove.mutate({ ...employment, draft: null }, { onSuccess: onClose })}
          >
            {t('customers.employment.remove')}
          </ConfirmButton>
        </Group>
      )}
    </SidePanel>
  )
}

/** By the calendar on this desk. */
const today = () => new Intl.DateTimeFormat('sv-SE').format(new Date())
