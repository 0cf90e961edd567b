import { Select, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery, useMe } from '#modules/access/web'
import { DeleteButton, EditPanel, Form, fieldErrors } from '#platform/web'
import PersonSelect from '../lists/person-select.tsx'
import { DueField } from './due-field.tsx'
import { type ListedTaskWire, useChangeTask, useNewTask, useRemoveTask } from './tasks-api.ts'

/** Where a task is made or changed. */
export function TaskPanel({ opened, onClose }: { opened: ListedTaskWire | 'new' | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <EditPanel
      opened={opened}
      newTitle={t('customers.tasks.new')}
      titleOf={() => t('customers.tasks.one')}
      onClose={onClose}
    >
      {(task) => <TaskForm key={task?.id ?? 'new'} task={task} onClose={onClose} />}
    </EditPanel>
  )
}

function TaskForm({ task, onClose }: { task: ListedTaskWire | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { operator } = useMe()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const add = useNewTask()
  const change = useChangeTask()
  const remove = useRemoveTask()
  const [title, setTitle] = useState(task?.title ?? '')
  const [dueAt, setDueAt] = useState(task?.dueAt ?? null)
  const [assigneeId, setAssigneeId] = useState(task ? task.assigneeId : operator.id)
  const [personId, setPersonId] = useState(task?.personId ?? null)
  const asked = task ? change : add
  const errors = fieldErrors(t, asked.error)
  const draft = { title: title.trim(), dueAt, assigneeId }
  const submit = () => {
    if (task) change.mutate({ id: task.id, ...draft }, { onSuccess: onClose })
    else if (personId) add.mutate({ personId, ...draft }, { onSuccess: onClose })
  }
  return (
    <>
      <Form
        submit={task ? t('common.save') : t('customers.tasks.add')}
        isReady={title.trim() !== '' && personId !== null}
        isPending={asked.isPending}
        error={asked.error}
        isMaking={!task}
        onSubmit={submit}
      >
        <Textarea
          data-autofocus
          autosize
          maxRows={6}
          maxLength={500}
          label={t('customers.tasks.what')}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.currentTarget.value.replaceAll('\n', ' '))}
        />
        {task ? (
          <Text fz="sm">
            {t('customers.tasks.forWhom')} <Link to={`/people/${task.personId}`}>{task.personName}</Link>
          </Text>
        ) : (
          <PersonSelect label={t('customers.tasks.customer')} value={personId} onChange={setPersonId} />
        )}
        <DueField value={dueAt} onChange={setDueAt} error={errors.dueAt} />
        <Select
          searchable
          clearable
          label={t('customers.tasks.assignee')}
          placeholder={t('customers.tasks.nobody')}
          value={assigneeId}
          error={errors.assigneeId}
          data={operators.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setAssigneeId}
        />
      </Form>
      {task && (
        <DeleteButton
          id={task.id}
          words={t('customers.tasks.remove')}
          question={t('customers.tasks.removeQuestion')}
          remove={remove}
          onDone={onClose}
        />
      )}
    </>
  )
}
