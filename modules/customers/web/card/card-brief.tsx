import { Anchor } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCake,
  IconChecklist,
  IconMessage2,
  IconMessageReply,
  IconSignature,
  IconUserQuestion,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, Moment, useNow } from '#platform/web'
import { CompanyTime } from '../company-time.tsx'
import classes from './brief.module.css'
import { type BriefWire, briefQuery } from './card-api.ts'
import { CardSection } from './card-section.tsx'
import { isMissing, MissingSection } from './missing-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

type Step = BriefWire['next'][number]
type Promised = BriefWire['promises'][number]

/** The person in five seconds: what to do, what was promised, what it was about. */
export function CardBrief({ person: { id } }: PersonBlockProps) {
  const { t } = useTranslation()
  const reading = useQuery(briefQuery(id))
  const { data } = reading
  if (isMissing(reading)) return <MissingSection title={t('customers.brief.title')} reading={reading} />
  if (!data) return null
  const { last, mood, promises, next } = data
  const others = promises.filter((one) => !next.some(({ objectId }) => objectId === one.id))
  return (
    <CardSection title={t('customers.brief.title')}>
      <div className={classes.brief}>
        {next.length === 0 && <span className={classes.quiet}>{t('customers.brief.nothing')}</span>}
        {next.length > 0 && (
          <ol className={classes.steps} aria-label={t('customers.brief.next')}>
            {next.map((step) => (
              <NextStep key={`${step.kind} ${step.objectId}`} step={step} />
            ))}
          </ol>
        )}
        {others.length > 0 && (
          <ul className={classes.promises} aria-label={t('customers.brief.promises')}>
            {others.map((one) => (
              <PromiseLine key={one.id} promised={one} />
            ))}
          </ul>
        )}
        <dl className={classes.facts}>
          <dt>{t('customers.brief.last')}</dt>
          <dd>{last ? <LastMatter last={last} /> : t('customers.brief.noMatters')}</dd>
          <dt>{t('customers.brief.mood')}</dt>
          <dd>
            {mood ? (
              <>
                {t('customers.brief.rated', mood)} <Moment at={mood.at} className={classes.when ?? ''} />
              </>
            ) : (
              <span className={classes.quiet}>{t('customers.brief.moodUnknown')}</span>
            )}
          </dd>
        </dl>
      </div>
    </CardSection>
  )
}

function LastMatter({ last }: { last: NonNullable<BriefWire['last']> }) {
  const { t } = useTranslation()
  return (
    <>
      <Anchor component={Link} to={`/inbox/${last.id}`} c="inherit" fz="sm" underline="hover">
        {last.title || last.lastText || t('customers.brief.number', { number: last.number })}
      </Anchor>
      <span className={classes.state}>
        {t(`customers.brief.states.${last.state}`)}, <Moment at={last.lastAt} />
      </span>
    </>
  )
}

const ICONS = {
  answer: IconMessageReply,
  do_task: IconChecklist,
  return_to: IconArrowBackUp,
  confirm_same: IconUsers,
  ask_contact: IconUserQuestion,
  ask_name: IconUserQuestion,
  congratulate: IconCake,
  ask_consent: IconSignature,
} as const

/** What to do, by a click where it can be done, and under it why. */
function NextStep({ step }: { step: Step }) {
  const { t } = useTranslation()
  const Icon = ICONS[step.kind]
  const words = t(`customers.brief.steps.${step.kind}`, { title: step.title ?? '' })
  const to = linkOf(step)
  return (
    <li className={classes.step} data-overdue={step.isOverdue}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <div className={classes.words}>
        {to ? (
          <Anchor component={Link} to={to} c="inherit" fz="sm" fw={600} underline="hover">
            {words}
          </Anchor>
        ) : (
          <strong>{words}</strong>
        )}
        <span className={classes.why}>
          <Why step={step} />
        </span>
      </div>
    </li>
  )
}

function linkOf({ kind, objectId }: Step): string | null {
  if (kind === 'answer' || kind === 'return_to') return `/inbox/${objectId}`
  return kind === 'confirm_same' ? `/people/${objectId}` : null
}

function Why({ step: { kind, at, isOverdue } }: { step: Step }): ReactNode {
  const { t, i18n } = useTranslation()
  const now = useNow()
  if (kind === 'congratulate' && at) {
    return t('customers.brief.why.congratulate', { day: formatDay(new Date(at), new Date(now), i18n.language) })
  }
  if (!at) return t(`customers.brief.why.${kind}`)
  return (
    <>
      {t(isOverdue ? 'customers.brief.overdueSince' : 'customers.brief.dueAt')} <CompanyTime at={at} />
    </>
  )
}

function PromiseLine({ promised: { kind, id, title, dueAt, isOverdue } }: { promised: Promised }) {
  const { t } = useTranslation()
  const Icon = kind === 'task' ? IconChecklist : kind === 'return' ? IconArrowBackUp : IconMessage2
  const words = t(`customers.brief.promised.${kind}`, { title })
  return (
    <li className={classes.promise} data-overdue={isOverdue}>
      <Icon size={14} stroke={1.7} aria-hidden />
      {kind === 'task' ? (
        <span className="okno-clip">{words}</span>
      ) : (
        <Anchor component={Link} to={`/inbox/${id}`} c="inherit" fz="inherit" className="okno-clip">
          {words}
        </Anchor>
      )}
      {dueAt && (
        <span className={classes.when}>
          <CompanyTime at={dueAt} />
        </span>
      )}
    </li>
  )
}
