import { Group, SegmentedControl, Select, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { type TaskState, taskStates, taskWhose } from '#modules/customers/contract'
import classes from './tasks.module.css'
import { type TaskFilter, taskCountsQuery } from './tasks-api.ts'

/** Whose tasks, and which of them, with how many there are. */
export function TaskTools({
  filter,
  onChange,
}: {
  filter: TaskFilter
  onChange: (patch: Partial<TaskFilter>) => void
}) {
  const { t } = useTranslation()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const { data: counts } = useQuery(taskCountsQuery(filter))
  const { whose, assignee } = filter
  const countOf = (state: TaskState) => (state === 'open' || state === 'done' ? undefined : counts?.[state])
  return (
    <>
      <Group gap="sm" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('customers.tasks.whoseLabel')}
          value={whose}
          data={taskWhose.map((value) => ({ value, label: t(`customers.tasks.whose.${value}`) }))}
          onChange={(chosen) => onChange({ whose: taskWhose.find((one) => one === chosen) ?? 'mine', assignee: null })}
        />
        <Select
          size="xs"
          w={220}
          searchable
          clearable
          aria-label={t('customers.tasks.assignee')}
          placeholder={t('customers.tasks.anyAssignee')}
          value={assignee}
          data={[
            { value: 'nobody', label: t('customers.tasks.nobody') },
            ...operators.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(chosen) => onChange(chosen ? { whose: 'all', assignee: chosen } : { assignee: null })}
        />
      </Group>
      <nav className={classes.states} aria-label={t('customers.tasks.statesLabel')}>
        {taskStates.map((state) => (
          <UnstyledButton
            key={state}
            fz="sm"
            className={classes.state ?? ''}
            data-late={state === 'overdue' && (countOf(state) ?? 0) > 0}
            aria-current={state === filter.state ? 'true' : undefined}
            onClick={() => onChange({ state })}
          >
            {t(`customers.tasks.states.${state}`)}
            {countOf(state) !== undefined && <span className="okno-numbers"> {countOf(state)}</span>}
          </UnstyledButton>
        ))}
      </nav>
    </>
  )
}
