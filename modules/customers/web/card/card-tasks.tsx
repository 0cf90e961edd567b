import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery, useMe } from '#modules/access/web'
import { ConfirmButton, Moment, useNow } from '#platform/web'
import { CompanyTime } from '../company-time.tsx'
import { DueField } from '../tasks/due-field.tsx'
import { BlockForm } from './block-form.tsx'
import classes from './card.module.css'
import { type TaskWire, useAddTask, useChangeTask, useRemoveTask } from './card-api.ts'
import { GrowingSection } from './growing-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

/** What was promised to this person, by whom and until when. A tick says it is done. */
export function CardTasks({ person: { id, tasks, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const open = tasks.filter(({ doneAt }) => !doneAt)
  const done = tasks.filter(({ doneAt }) => doneAt)
  return (
    <GrowingSection
      title={t('customers.tasks.title')}
      add={t('customers.tasks.add')}
      hint={t('customers.tasks.hint')}
      canAdd={can.edit}
      isEmpty={tasks.length === 0}
      form={(close) => <NewTask personId={id} onClose={close} />}
    >
      <TaskList personId={id} tasks={open} canEdit={can.edit} />
      {done.length > 0 && (
        <details>
          <summary className={classes.fold}>{t('customers.tasks.done', { count: done.length })}</summary>
          <TaskList personId={id} tasks={done} canEdit={can.edit} />
        </details>
      )}
    </GrowingSection>
  )
}

function TaskList({ personId, tasks, canEdit }: { personId: string; tasks: readonly TaskWire[]; canEdit: boolean }) {
  if (tasks.length === 0) return null
  return (
    <ul className={classes.lines}>
      {tasks.map((task) => (
        <TaskLine key={task.id} personId={personId} task={task} canEdit={canEdit} />
      ))}
    </ul>
  )
}

function TaskLine({ personId, task, canEdit }: { personId: string; task: TaskWire; canEdit: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const change = useChangeTask(personId)
  const remove = useRemoveTask(personId)
  const { id, title, dueAt, doneAt, doneBy, assigneeId } = task
  // The tick stands at once; a refusal takes it back.
  const isDone = change.isPending ? change.variables.isDone === true : doneAt !== null
  const isOverdue = !doneAt && dueAt !== null && Date.parse(dueAt) <= now
  const who = doneBy ?? operators.find((one) => one.id === assigneeId)?.name
  return (
    <li className={classes.line}>
      <Checkbox
        size="xs"
        label={title}
        checked={isDone}
        disabled={!canEdit || change.isPending}
        onChange={(event) => change.mutate({ id, isDone: event.currentTarget.checked })}
        classNames={{ label: classes.taskTitle ?? '' }}
      />
      <span className={classes.lineFacts} data-overdue={isOverdue}>
        {doneAt ? <Moment at={doneAt} /> : dueAt ? <CompanyTime at={dueAt} /> : t('customers.tasks.noTime')}
        {who ? ` · ${who}` : ''}
        {canEdit && !doneAt && (
          <span className={classes.remover}>
            <ConfirmButton
              size="compact-xs"
              question={t('customers.tasks.removeQuestion')}
              confirm={t('customers.tasks.remove')}
              label={t('customers.tasks.removeOf', { title })}
              isPending={remove.isPending}
              onConfirm={() => remove.mutate(id)}
            >
              {t('customers.tasks.remove')}
            </ConfirmButton>
          </span>
        )}
      </span>
    </li>
  )
}

function NewTask({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { operator } = useMe()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const add = useAddTask(personId)
  const [title, setTitle] = useState('')
  const [dueAt, setDueAt] = useState<string | null>(null)
  const [assigneeId, setAssignee] = useState<string | null>(operator.id)
  return (
    <BlockForm
      submit={t('customers.tasks.create')}
      isReady={title.trim() !== ''}
      isPending={add.isPending}
      onClose={onClose}
      onSubmit={() => add.mutate({ title: title.trim(), dueAt, assigneeId }, { onSuccess: onClose })}
    >
      <TextInput
        size="xs"
        autoFocus
        maxLength={500}
        label={t('customers.tasks.what')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <DueField size="xs" value={dueAt} onChange={setDueAt} />
      <Select
        size="xs"
        searchable
        clearable
        label={t('customers.tasks.assignee')}
        value={assigneeId}
        data={operators.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setAssignee}
      />
    </BlockForm>
  )
}
