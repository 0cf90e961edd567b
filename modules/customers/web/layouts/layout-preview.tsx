import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AsRole } from '#modules/access/web'
import type { LaidOutBlock, LaidOutObject } from '#modules/customers/contract'
import type { Role } from '#platform/shared/actor'
import { LoadingState, Section } from '#platform/web'
import CustomerCard from '../card/customer-card.tsx'
import { CompanyCard } from '../company/company-card.tsx'
import { CompanySelect } from '../lists/company-select.tsx'
import PersonSelect from '../lists/person-select.tsx'
import classes from './layouts.module.css'

/** A real card as somebody of this role would see it. It is to be looked at: nothing in it can be changed. */
export function LayoutPreview({
  object,
  role,
  layout,
}: {
  object: LaidOutObject
  role: Role
  layout: readonly LaidOutBlock[]
}) {
  const { t } = useTranslation()
  const [id, setId] = useState<string | null>(null)
  const label = t(`customers.layouts.sample.${object}`)
  return (
    <Section title={t('customers.layouts.preview', { role: t(`customers.layouts.readers.${role}`) })}>
      {object === 'person' ? (
        <PersonSelect label={label} value={id} onChange={setId} />
      ) : (
        <CompanySelect label={label} value={id} onChange={setId} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the card in it is inert, so that the box itself must be reached to be scrolled by keyboard */}
      <section className={classes.preview} tabIndex={0} aria-label={t(`customers.layouts.sample.${object}`)}>
        {id === null ? (
          <p className={classes.hint}>{t('customers.layouts.chooseSample')}</p>
        ) : (
          <Suspense fallback={<LoadingState />}>
            <AsRole value={role}>
              <div inert>
                {object === 'person' ? (
                  <CustomerCard personId={id} layout={layout} />
                ) : (
                  <CompanyCard companyId={id} layout={layout} />
                )}
              </div>
            </AsRole>
          </Suspense>
        )}
      </section>
    </Section>
  )
}
