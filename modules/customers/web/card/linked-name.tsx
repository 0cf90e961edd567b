import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import classes from './card.module.css'

/** Somebody of another card, with what is said of them beneath; a name that is too long is told whole. */
export function LinkedName({ personId, name, facts }: { personId: string; name: string; facts: string | null }) {
  return (
    <div className={classes.value}>
      <Anchor
        component={Link}
        to={`/people/${personId}`}
        c="inherit"
        fz="sm"
        display="block"
        className="okno-clip"
        title={name}
      >
        {name}
      </Anchor>
      {facts && <span className={classes.lineFacts}>{facts}</span>}
    </div>
  )
}
