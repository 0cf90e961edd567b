import type { ReactNode } from 'react'
import classes from './card.module.css'

/** A block of a card with its heading; `action` stands at the heading's end. */
export function CardSection({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.headingRow}>
        <h3 className={classes.heading}>{title}</h3>
        {action}
      </div>
      {children}
    </section>
  )
}
