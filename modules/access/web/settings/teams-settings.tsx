import { Button, MultiSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeleteButton, EditPanel, EmptyState, Form, fieldErrors, Loaded, notify, Page, Row, Rows } from '#platform/web'
import { operatorsQuery, teamsQuery } from '../access-api.ts'
import { type TeamWire, useDeleteTeam, useSaveTeam } from './settings-api.ts'

/** Teams: who shares a queue. */
export default function TeamsSettings() {
  const { t } = useTranslation()
  const teams = useQuery(teamsQuery)
  const { data: operators = [] } = useQuery(operatorsQuery)
  const [opened, setOpened] = useState<TeamWire | 'new' | null>(null)
  const close = () => setOpened(null)
  const remove = useDeleteTeam()
  const namesOf = ({ operatorIds }: TeamWire) =>
    operators.filter(({ id }) => operatorIds.includes(id)).map(({ name }) => name)
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
      {t('access.teams.add')}
    </Button>
  )
  return (
    <Page title={t('access.teams.title')} text={t('access.teams.text')} actions={add}>
      <Loaded
        query={teams}
        empty={<EmptyState icon={IconUsersGroup} title={t('access.teams.none')} text={t('access.teams.noneText')} />}
      >
        {(items) => (
          <Rows label={t('access.teams.title')}>
            {items.map((team) => (
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
      </Loaded>
      <EditPanel opened={opened} newTitle={t('access.teams.add')} titleOf={({ name }) => name} onClose={close}>
        {(team) => (
          <>
            <TeamForm team={team} onDone={close} />
            {team && (
              <DeleteButton
                id={team.id}
                words={t('access.teams.delete')}
                question={t('access.teams.deleteQuestion', { name: team.name })}
                remove={remove}
                onDone={close}
              />
            )}
          </>
        )}
      </EditPanel>
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
