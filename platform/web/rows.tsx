import type { ReactNode } from 'react'
import classes from './rows.module.css'

/** A short list in a frame: one thing per line. Long lists are virtualised instead. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  )
}

/** One line: what it is, a word about it, and what can be done. With `onOpen` the whole line opens it. */
export function Row({
  icon,
  title,
  detail,
  aside,
  onOpen,
  isDimmed = false,
}: {
  icon?: ReactNode
  title: ReactNode
  detail?: ReactNode
  aside?: ReactNode
  onOpen?: (() => void) | undefined
  isDimmed?: boolean
}) {
  return (
    <li className={classes.row} data-opens={onOpen !== undefined} data-dimmed={isDimmed}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <div className={classes.main}>
        {onOpen ? (
          <button type="button" className={`${classes.title} ${classes.opens}`} onClick={onOpen}>
            {title}
          </button>
        ) : (
          <div className={classes.title}>{title}</div>
        )}
        {detail !== undefined && detail !== null && detail !== '' && <div className={classes.detail}>{detail}</div>}
      </div>
      {aside && <div className={classes.aside}>{aside}</div>}
    </li>
  )
}
