import { Anchor, Button, Group } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type CardWire, useDismissLikeness } from '../customers-api.ts'
import { EvidenceList } from '../identity/evidence.tsx'
import { useMerge } from '../identity/identity-api.ts'
import { identityText } from '../identity-text.ts'
import classes from './card.module.css'

/** Other cards that may be the same person, and why Okno thinks so. Joining can be taken apart. */
export function CardLikenesses({ person }: { person: CardWire }) {
  const { t } = useTranslation()
  const dismiss = useDismissLikeness(person.id)
  const merge = useMerge()
  if (person.likenesses.length === 0) return null
  return (
    <section className={classes.likeness} aria-label={t('customers.maybeSame')}>
      <strong>
        <IconUsers size={14} style={{ verticalAlign: -2 }} aria-hidden /> {t('customers.maybeSame')}
      </strong>
      {person.likenesses.map(({ personId, name, reasons, evidence }, place) => (
        <div key={personId} className={classes.like}>
          <Anchor component={Link} to={`/people/${personId}`} fz="sm" fw={600} c="inherit" underline="always">
            {name}
          </Anchor>
          {evidence.length > 0 ? (
            <details open={place === 0}>
              <summary className={classes.fold}>{t('customers.same.evidence')}</summary>
              <EvidenceList evidence={evidence} />
            </details>
          ) : (
            reasons.map(({ kind, value }) => (
              <span key={`${kind} ${value}`}>
                {t([`customers.reasons.${kind}`, 'customers.reasons.other'], {
                  value: identityText(t, { kind, value }),
                })}
              </span>
            ))
          )}
          {person.can.edit && (
            <Group gap="xs">
              <Button
                size="compact-xs"
                loading={merge.isPending && merge.variables?.hiddenId === personId}
                onClick={() => merge.mutate({ keptId: person.id, hiddenId: personId })}
              >
                {t('customers.same.join')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                loading={dismiss.isPending && dismiss.variables === personId}
                onClick={() => dismiss.mutate(personId)}
              >
                {t('customers.notTheSame')}
              </Button>
            </Group>
          )}
        </div>
      ))}
    </section>
  )
}
