import { UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './company.module.css'

/** What is over stands apart, folded away until somebody asks. Nothing while there is none. */
export function FormerPlaces({ words, count, children }: { words: string; count: number; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  if (count === 0) return null
  return (
    <>
      <UnstyledButton className={classes.fold ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {words}
      </UnstyledButton>
      {isOpen && children}
    </>
  )
}
