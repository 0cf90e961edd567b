import { Button, MultiSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ConfirmButton,
  EmptyState,
  ErrorState,
  Form,
  fieldErrors,
  LoadingState,
  notify,
  Page,
  problemText,
  Row,
  Rows,
  SidePanel,
} from '#platform/web'
import { operatorsQuery, teamsQuery } from '../access-api.ts'
import { type TeamWire, useDeleteTeam, useSaveTeam } from './settings-api.ts'

/** Teams: who shares a queue. */
export default function TeamsSettings() {
  const { t } = useTranslation()
  const { data: teams, error, refetch } = useQuery(teamsQuery)
  const { data: operators = [] } = useQuery(operatorsQuery)
  const [opened, setOpened] = useState<TeamWire | 'new' | null>(null)
  const close = () => setOpened(null)
  const namesOf = ({ operatorIds }: TeamWire) =>
    operators.filter(({ id }) => operatorIds.includes(id)).map(({ name }) => name)
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
      {t('access.teams.add')}
    </Button>
  )
  return (
    <Page title={t('access.teams.title')} text={t('access.teams.text')} actions={add}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !teams ? (
        <LoadingState />
      ) : teams.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('access.teams.none')} text={t('access.teams.noneText')} />
      ) : (
        <Rows label={t('access.teams.title')}>
          {teams.map((team) => (
            <Row
              key={team.id}
              icon={<IconUsersGroup size={20} stroke={1.6} />}
              title={team.name}
              detail={namesOf(team).join(', ') || t('access.teams.nobody')}
              onOpen={() => setOpened(team)}
            />
          ))}
        </Rows>
      )}
      <SidePanel
        title={opened === 'new' ? t('access.teams.add') : opened?.name}
        isOpen={opened !== null}
        onClose={close}
      >
        {opened !== null && (
          <Stack gap="xl">
            <TeamForm team={opened === 'new' ? null : opened} onDone={close} />
            {opened !== 'new' && <DeleteTeam team={opened} onDone={close} />}
          </Stack>
        )}
      </SidePanel>
    </Page>
  )
}

function TeamForm({ team, onDone }: { team: TeamWire | null; onDone: () => void }) {
  const { t } = useTranslation()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const save = useSaveTeam(team?.id ?? null)
  const [name, setName] = useState(team?.name ?? '')
  const [operatorIds, setOperatorIds] = useState(team?.operatorIds ?? [])
  const submit = () =>
    save.mutate(
      { name, operatorIds },
      {
        onSuccess: () => {
          void notify(t('common.saved'))
          onDone()
        },
      },
    )
  return (
    <Form
      submit={team ? t('common.save') : t('access.teams.add')}
      onSubmit={submit}
      isPending={save.isPending}
      error={save.error}
    >
      <Stack gap="md">
        <TextInput
          label={t('access.teams.name')}
          required
          data-autofocus
          maxLength={100}
          value={name}
          error={fieldErrors(t, save.error).name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          label={t('access.teams.members')}
          searchable
          value={operatorIds}
          data={operators.map((operator) => ({ value: operator.id, label: operator.name }))}
          onChange={setOperatorIds}
        />
      </Stack>
    </Form>
  )
}

function DeleteTeam({ team, onDone }: { team: TeamWire; onDone: () => void }) {
  const { t } = useTranslation()
  const remove = useDeleteTeam()
  return (
    <div>
      <ConfirmButton
        size="sm"
        question={t('access.teams.deleteQuestion', { name: team.name })}
        confirm={t('access.teams.delete')}
        isPending={remove.isPending}
        onConfirm={() =>
          remove.mutate(team.id, {
            onSuccess: onDone,
            onError: (error) => void notify(problemText(t, error), 'bad'),
          })
        }
      >
        {t('access.teams.delete')}
      </ConfirmButton>
    </div>
  )
}
