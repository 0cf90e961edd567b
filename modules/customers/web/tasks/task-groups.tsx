import { useTranslation } from 'react-i18next'
import { Rows, useNow } from '#platform/web'
import { useCompanyZone } from '../company-time.tsx'
import { TaskRow } from './task-row.tsx'
import { timeOf } from './task-time.ts'
import classes from './tasks.module.css'
import type { ListedTaskWire } from './tasks-api.ts'

interface TaskGroupsProps {
  tasks: readonly ListedTaskWire[]
  /** Under a heading for each time. */
  isGrouped: boolean
  isTicked: (task: ListedTaskWire) => boolean
  /** The one that keys are meant for. */
  activeId: string | null
  canEdit: boolean
  onTick: (task: ListedTaskWire, isDone: boolean) => void
  onOpen: (task: ListedTaskWire) => void
  onFocus: (id: string) => void
}

/** Tasks in the order of the server, in groups by when they are due. */
export function TaskGroups({ tasks, isGrouped, ...rest }: TaskGroupsProps) {
  const { t } = useTranslation()
  const now = new Date(useNow())
  const zone = useCompanyZone()
  if (!isGrouped) return <TaskList label={t('customers.tasks.title')} tasks={tasks} {...rest} />
  return [...Map.groupBy(tasks, ({ dueAt }) => timeOf(dueAt, now, zone))].map(([time, some]) => (
    <section key={time} className={classes.group}>
      <h2 className={classes.heading} data-late={time === 'overdue'}>
        {t(`customers.tasks.states.${time}`)}
      </h2>
      <TaskList label={t(`customers.tasks.states.${time}`)} tasks={some} {...rest} />
    </section>
  ))
}

function TaskList({
  label,
  tasks,
  isTicked,
  activeId,
  canEdit,
  onTick,
  onOpen,
  onFocus,
}: Omit<TaskGroupsProps, 'isGrouped'> & { label: string }) {
  return (
    <Rows label={label}>
      {tasks.map((task) => (
        <TaskRow
          key={task.id}
          task={task}
          isTicked={isTicked(task)}
          isActive={task.id === activeId}
          canEdit={canEdit}
          onTick={(isDone) => onTick(task, isDone)}
          onOpen={() => onOpen(task)}
          onFocus={() => onFocus(task.id)}
        />
      ))}
    </Rows>
  )
}
