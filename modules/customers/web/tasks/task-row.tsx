import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Initials, Moment, useNow } from '#platform/web'
import { CompanyTime } from '../company-time.tsx'
import classes from './tasks.module.css'
import type { ListedTaskWire } from './tasks-api.ts'

/** One promise: what, for whom, who and until when. */
export function TaskRow({
  task,
  isTicked,
  isActive,
  canEdit,
  onTick,
  onOpen,
  onFocus,
}: {
  task: ListedTaskWire
  /** What was clicked stands at once. */
  isTicked: boolean
  isActive: boolean
  canEdit: boolean
  onTick: (isDone: boolean) => void
  onOpen: () => void
  onFocus: () => void
}) {
  const { t } = useTranslation()
  const now = useNow()
  const { title, dueAt, doneAt, doneBy, personId, personName, assigneeId, assigneeName } = task
  const isLate = !doneAt && dueAt !== null && Date.parse(dueAt) <= now
  return (
    <li className={classes.row} data-done={isTicked} data-active={isActive} onFocusCapture={onFocus}>
      <Checkbox
        size="sm"
        aria-label={t('customers.tasks.tick', { title })}
        checked={isTicked}
        disabled={!canEdit}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <div className={classes.main}>
        <button type="button" className={classes.title} data-task={task.id} disabled={!canEdit} onClick={onOpen}>
          {title}
        </button>
        <Link to={`/people/${personId}`} className={classes.person ?? ''}>
          {personName}
        </Link>
      </div>
      <span className={classes.when} data-late={isLate}>
        {doneAt ? <Moment at={doneAt} /> : dueAt ? <CompanyTime at={dueAt} /> : t('customers.tasks.noTime')}
      </span>
      <span className={classes.who}>
        {doneBy ? (
          <span className="okno-clip">{doneBy}</span>
        ) : assigneeId && assigneeName ? (
          <>
            <Initials id={assigneeId} name={assigneeName} size={22} />
            <span className="okno-clip">{assigneeName}</span>
          </>
        ) : (
          t('customers.tasks.nobody')
        )}
      </span>
    </li>
  )
}
