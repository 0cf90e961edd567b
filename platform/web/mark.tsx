import type { ReactNode } from 'react'
import classes from './mark.module.css'

/** A word on how something is, on a ground of its colour. The word alone says it; the colour helps the eye. */
export function Mark({
  looks = 'calm',
  title,
  children,
}: {
  looks?: 'calm' | 'good' | 'soon' | 'bad'
  title?: string
  children: ReactNode
}) {
  return (
    <span className={classes.mark} data-looks={looks} {...(title ? { title } : {})}>
      {children}
    </span>
  )
}
