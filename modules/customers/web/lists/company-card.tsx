import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomFields } from '#modules/objects/web'
import { ErrorState, Initials, LoadingState } from '#platform/web'
import card from '../card/card.module.css'
import { InlineField } from '../card/inline-field.tsx'
import { companyQuery } from '../customers-api.ts'
import classes from './lists.module.css'
import { useChangeCompany } from './lists-api.ts'

/** A company: what is known of it, and who works there. */
export function CompanyCard({ companyId }: { companyId: string }) {
  const { t } = useTranslation()
  const { data: company, error, refetch } = useQuery(companyQuery(companyId))
  const change = useChangeCompany(companyId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!company) return <LoadingState />
  const { name, inn, site, city, note, people, can } = company
  const field = (key: 'inn' | 'site' | 'city', value: string | null) => (
    <InlineField
      label={t(`customers.company.${key}`)}
      value={value ?? ''}
      isFixed={!can.edit}
      onSave={(next) => change.mutate({ [key]: next || null })}
    />
  )
  return (
    <div className={classes.company}>
      <div className={card.who}>
        <Initials id={companyId} name={name} size={48} />
        <h2 className={card.name}>{name}</h2>
      </div>
      <section className={card.section}>
        <h3 className={card.heading}>{t('customers.fields.title')}</h3>
        <InlineField
          label={t('customers.company.name')}
          value={name}
          isFixed={!can.edit}
          onSave={(next) => next && change.mutate({ name: next })}
        />
        {field('inn', inn)}
        {field('site', site)}
        {field('city', city)}
        <Suspense fallback={<Skeleton height={24} />}>
          <CustomFields
            object="company"
            values={company.custom}
            canEdit={can.edit}
            onSave={(custom) => change.mutate({ custom })}
          />
        </Suspense>
        <InlineField
          label={t('customers.fields.note')}
          value={note}
          isFixed={!can.edit}
          isLong
          onSave={(next) => change.mutate({ note: next })}
        />
        {site && (
          <Anchor href={site} target="_blank" rel="noreferrer noopener" fz="sm">
            {t('customers.company.openSite')}
          </Anchor>
        )}
      </section>
      <section className={card.section}>
        <h3 className={card.heading}>{t('customers.people')}</h3>
        {people.length === 0 && <span className={classes.quiet}>{t('customers.company.nobody')}</span>}
        <ul className={classes.companyPeople}>
          {people.map(({ id, personId, personName, position }) => (
            <li key={id}>
              <Link to={`/people/${personId}`} className={classes.companyPerson ?? ''}>
                <Initials id={personId} name={personName} size={30} />
                <span className="okno-clip">
                  <span className={`${classes.name} okno-clip`}>{personName}</span>
                  {position && <span className={`${classes.quiet} okno-clip`}>{position}</span>}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
