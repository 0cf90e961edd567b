import { Anchor, Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type CardWire, useDismissLikeness } from '../customers-api.ts'
import classes from './card.module.css'

/** Other cards that may be the same person, and why Okno thinks so. Nothing is merged by itself. */
export function CardLikenesses({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const dismiss = useDismissLikeness(person.id)
  if (person.likenesses.length === 0) return null
  return (
    <section className={classes.likeness} aria-label={t('customers.maybeSame')}>
      <strong>
        <IconUsers size={14} style={{ verticalAlign: -2 }} aria-hidden /> {t('customers.maybeSame')}
      </strong>
      {person.likenesses.map(({ personId, name, reasons }) => (
        <div key={personId} className={classes.like}>
          <Anchor component={Link} to={`/people/${personId}`} fz="sm" fw={600} c="inherit" underline="always">
            {name}
          </Anchor>
          {reasons.map(({ kind, value }) => (
            <span key={`${kind} ${value}`}>
              {t([`customers.reasons.${kind}`, 'customers.reasons.other'], { value })}
            </span>
          ))}
          {person.can.edit && (
            <Button
              size="compact-xs"
              variant="default"
              style={{ alignSelf: 'flex-start' }}
              loading={dismiss.isPending && dismiss.variables === personId}
              onClick={() => dismiss.mutate(personId)}
            >
              {t('customers.notTheSame')}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
