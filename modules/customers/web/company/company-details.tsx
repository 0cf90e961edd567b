import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { companySizes } from '#modules/customers/contract'
import { CustomFields } from '#modules/objects/web'
import { CardSection } from '../card/card-section.tsx'
import { ChoiceField } from '../card/choice-field.tsx'
import { InlineField } from '../card/inline-field.tsx'
import { ownerOptions } from '../card/owner-options.ts'
import { useChangeCompany } from './company-api.ts'
import type { CompanyBlockProps } from './company-blocks.ts'

/** What is known of a company and how it is reached, changed where it stands. */
export function CompanyDetails({ company }: CompanyBlockProps) {
  const { t } = useTranslation()
  const { data: operators } = useQuery(operatorsQuery)
  const change = useChangeCompany(company.id)
  const { name, site, city, phones, emails, industry, size, ownerId, note, can } = company
  const isFixed = !can.edit
  const text = (key: 'city' | 'industry', value: string | null) => (
    <InlineField
      label={t(`customers.company.${key}`)}
      value={value ?? ''}
      isFixed={isFixed}
      onSave={(next) => change.mutateAsync({ [key]: next || null })}
    />
  )
  const list = (key: 'phones' | 'emails', values: readonly string[]) => (
    <InlineField
      label={t(`customers.company.${key}`)}
      value={values.join(', ')}
      isFixed={isFixed}
      onSave={(next) => change.mutateAsync({ [key]: partsOf(next) })}
    />
  )
  return (
    <CardSection title={t('customers.fields.title')}>
      <InlineField
        label={t('customers.company.name')}
        value={name}
        isFixed={isFixed}
        onSave={(next) => next && change.mutateAsync({ name: next })}
      />
      <ChoiceField
        label={t('customers.fields.owner')}
        value={ownerId}
        isFixed={isFixed}
        blank={t('common.nobody')}
        options={ownerOptions(operators, company.ownerId)}
        onSave={(next) => change.mutateAsync({ ownerId: next })}
      />
      {list('phones', phones)}
      {list('emails', emails)}
      <InlineField
        label={t('customers.company.site')}
        value={site ?? ''}
        isFixed={isFixed}
        onSave={(next) => change.mutateAsync({ site: withScheme(next) })}
      />
      {site && (
        <Anchor href={site} target="_blank" rel="noreferrer noopener" fz="sm">
          {t('customers.company.openSite')}
        </Anchor>
      )}
      {text('city', city)}
      {text('industry', industry)}
      <ChoiceField
        label={t('customers.company.size')}
        value={size}
        isFixed={isFixed}
        options={companySizes.map((one) => ({ value: one, label: t(`customers.company.sizes.${one}`) }))}
        onSave={(next) => change.mutateAsync({ size: next })}
      />
      <Suspense fallback={<Skeleton height={24} />}>
        <CustomFields
          object="company"
          id={company.id}
          values={company.custom}
          canEdit={can.edit}
          onSave={(custom) => change.mutateAsync({ custom })}
        />
      </Suspense>
      <InlineField
        label={t('customers.fields.note')}
        value={note}
        isFixed={isFixed}
        isLong
        onSave={(next) => change.mutateAsync({ note: next })}
      />
    </CardSection>
  )
}

const partsOf = (text: string) =>
  text
    .split(/[,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** People write `example.com`; the card keeps an address that can be opened. */
export const withScheme = (site: string) => (site === '' ? null : /^https?:\/\//i.test(site) ? site : `https://${site}`)
