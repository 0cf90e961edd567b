import { Button } from '@mantine/core'
import { IconChecklist, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import { EmptyState, ErrorState, givesWay, LoadingState, notify, Page, problemText, useShortcuts } from '#platform/web'
import { TaskGroups } from './task-groups.tsx'
import { TaskPanel } from './task-panel.tsx'
import { TaskTools } from './task-tools.tsx'
import classes from './tasks.module.css'
import { type ListedTaskWire, tasksQuery, useChangeTask } from './tasks-api.ts'
import { useTasksAddress } from './use-tasks-address.ts'

/** What operators have promised to do, over all customers: the own promises first. */
export default function TasksPage() {
  const { t } = useTranslation()
  const canEdit = useCan('customers.edit')
  const { filter, change } = useTasksAddress()
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    tasksQuery(filter),
  )
  const tasks = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const [opened, setOpened] = useState<ListedTaskWire | 'new' | null>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [ticked, setTicked] = useState<{ task: ListedTaskWire; isDone: boolean } | null>(null)
  const save = useChangeTask()
  const tick = (task: ListedTaskWire, isDone: boolean) => {
    setTicked({ task, isDone })
    save.mutate(
      { id: task.id, isDone },
      {
        onError: (problem) => {
          setTicked(null)
          void notify(problemText(t, problem), 'bad')
        },
      },
    )
  }
  const undo = () => {
    if (!ticked) return
    save.mutate({ id: ticked.task.id, isDone: !ticked.isDone }, { onSuccess: () => setTicked(null) })
  }
  const at = tasks.findIndex(({ id }) => id === activeId)
  const move = (step: number) => {
    const next = tasks[Math.min(Math.max(0, at === -1 ? 0 : at + step), tasks.length - 1)]
    if (next) document.querySelector<HTMLElement>(`[data-task="${next.id}"]`)?.focus()
  }
  const active = tasks[at]
  const tickActive = () => {
    if (!active) return
    tick(active, !active.doneAt)
    // The ticked one leaves the list: the next is ready for the next key.
    move(1)
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ...(canEdit ? { n: () => setOpened('new'), u: undo } : {}),
    ...(canEdit && active ? { e: tickActive } : {}),
  })
  return (
    <Page
      title={t('customers.tasks.title')}
      text={t('customers.tasks.about')}
      width={980}
      actions={
        canEdit && (
          <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setOpened('new')}>
            {t('customers.tasks.new')}
          </Button>
        )
      }
    >
      <TaskTools filter={filter} onChange={change} />
      {givesWay(data, error) ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <LoadingState />
      ) : tasks.length === 0 ? (
        <EmptyState
          icon={IconChecklist}
          title={t(`customers.tasks.none.${filter.state}`)}
          text={t('customers.tasks.noneText')}
        />
      ) : (
        <TaskGroups
          tasks={tasks}
          isGrouped={filter.state === 'open'}
          isTicked={(task) => (ticked?.task.id === task.id ? ticked.isDone : task.doneAt !== null)}
          activeId={activeId}
          canEdit={canEdit}
          onTick={tick}
          onOpen={setOpened}
          onFocus={setActiveId}
        />
      )}
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('customers.tasks.more')}
        </Button>
      )}
      {tasks.length > 0 && canEdit && <p className={classes.keys}>{t('customers.tasks.keys')}</p>}
      <div role="status" className={classes.undo} data-empty={ticked === null}>
        {ticked && (
          <>
            <span className="okno-clip">
              {t(ticked.isDone ? 'customers.tasks.wasDone' : 'customers.tasks.wasReopened', {
                title: ticked.task.title,
              })}
            </span>
            <Button size="compact-xs" variant="default" loading={save.isPending} onClick={undo}>
              {t('customers.tasks.undo')}
            </Button>
          </>
        )}
      </div>
      <TaskPanel opened={opened} onClose={() => setOpened(null)} />
    </Page>
  )
}
