import { Divider, MultiSelect, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, roles } from '#platform/shared/actor'
import { Form, fieldErrors, notify, SidePanel } from '#platform/web'
import { teamsQuery, useMe } from '../access-api.ts'
import { OperatorArchive } from './operator-archive.tsx'
import { OperatorPassword } from './operator-password.tsx'
import { type OperatorWire, useSaveOperator } from './settings-api.ts'

const CAPACITY = 8

/** A new operator, or one who works here: role, teams, how much one person can hold. */
export function OperatorPanel({ of, onClose }: { of: OperatorWire | 'new' | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <SidePanel title={of === 'new' ? t('access.operators.add') : of?.name} isOpen={of !== null} onClose={onClose}>
      {of !== null && (
        <Stack gap="xl">
          <OperatorForm operator={of === 'new' ? null : of} onDone={onClose} />
          {of !== 'new' && (
            <>
              <Divider />
              <OtherActs operator={of} onDone={onClose} />
            </>
          )}
        </Stack>
      )}
    </SidePanel>
  )
}

/** Nobody takes away the own password or seat here: the own page and a colleague do that. */
function OtherActs({ operator, onDone }: { operator: OperatorWire; onDone: () => void }) {
  const { operator: me } = useMe()
  if (operator.id === me.id) return null
  return (
    <>
      {!operator.isArchived && <OperatorPassword operator={operator} />}
      <OperatorArchive operator={operator} onDone={onDone} />
    </>
  )
}

function OperatorForm({ operator, onDone }: { operator: OperatorWire | null; onDone: () => void }) {
  const { t } = useTranslation()
  const { operator: me } = useMe()
  const { data: teams = [] } = useQuery(teamsQuery)
  const save = useSaveOperator(operator?.id ?? null)
  const [draft, setDraft] = useState({
    name: operator?.name ?? '',
    role: operator?.role ?? ('operator' as Role),
    capacity: operator?.capacity ?? CAPACITY,
    teamIds: operator?.teamIds ?? [],
  })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const put = (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch })
  const errors = fieldErrors(t, save.error)
  const { role, ...withoutRole } = draft
  // Nobody changes the own role: the server would refuse it.
  const change = operator === null ? { ...draft, email, password } : operator.id === me.id ? withoutRole : draft
  const submit = () =>
    save.mutate(change, {
      onSuccess: () => {
        void notify(t('common.saved'))
        onDone()
      },
    })
  return (
    <Form
      submit={operator ? t('common.save') : t('access.operators.add')}
      onSubmit={submit}
      isPending={save.isPending}
      error={save.error}
    >
      <Stack gap="md">
        <TextInput
          label={t('access.name')}
          required
          maxLength={200}
          value={draft.name}
          error={errors.name}
          data-autofocus
          onChange={(event) => put({ name: event.currentTarget.value })}
        />
        {operator === null && (
          <>
            <TextInput
              label={t('access.email')}
              type="email"
              required
              autoComplete="off"
              value={email}
              error={errors.email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('access.operators.firstPassword')}
              description={t('access.operators.firstPasswordHint')}
              required
              minLength={8}
              autoComplete="new-password"
              value={password}
              error={errors.password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        )}
        <Select
          label={t('access.role')}
          description={t(`access.roleHints.${role}`)}
          allowDeselect={false}
          disabled={operator?.id === me.id}
          value={role}
          data={roles.map((value) => ({ value, label: t(`access.roles.${value}`) }))}
          onChange={(value) => value && put({ role: value })}
        />
        {teams.length > 0 && (
          <MultiSelect
            label={t('access.teams.title')}
            value={draft.teamIds}
            data={teams.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(teamIds) => put({ teamIds })}
          />
        )}
        <NumberInput
          label={t('access.operators.capacity')}
          description={t('access.operators.capacityHint')}
          min={0}
          max={1000}
          allowDecimal={false}
          value={draft.capacity}
          error={errors.capacity}
          onChange={(value) => put({ capacity: Number(value) || 0 })}
        />
      </Stack>
    </Form>
  )
}
