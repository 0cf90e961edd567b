import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { legalForms, type RequisiteField, requisiteFaults, requisiteFields } from '#modules/customers/contract'
import { CardSection } from '../card/card-section.tsx'
import { ChoiceField } from '../card/choice-field.tsx'
import { InlineField } from '../card/inline-field.tsx'
import { useChangeCompany } from './company-api.ts'
import type { CompanyBlockProps } from './company-blocks.ts'

/** What stands in contracts and bills. A slip in a number is told before it is saved; all of it is copied with one click. */
export function CompanyRequisites({ company }: CompanyBlockProps) {
  const { t } = useTranslation()
  const change = useChangeCompany(company.id)
  const isFixed = !company.can.edit
  const faultOf = (field: RequisiteField, typed: string) => {
    const fault = requisiteFaults({ ...company, [field]: plain(typed) || null })[field]
    return fault ? t(`customers.problems.${fault}`) : null
  }
  const known = [
    company.legalName ?? company.name,
    ...requisiteFields.flatMap((field) =>
      company[field]
        ? t('customers.company.requisite', { name: t(`customers.company.${field}`), value: company[field] })
        : [],
    ),
    ...company.addresses.filter(({ kind }) => kind === 'legal').map(({ text }) => text),
  ]
  return (
    <CardSection
      title={t('customers.company.requisites')}
      action={known.length > 1 && <CopyAll text={known.join('\n')} label={t('customers.company.copyRequisites')} />}
    >
      <InlineField
        label={t('customers.company.legalName')}
        value={company.legalName ?? ''}
        isFixed={isFixed}
        isLong
        onSave={(next) => change.mutateAsync({ legalName: next || null })}
      />
      <ChoiceField
        label={t('customers.company.legalForm')}
        value={company.legalForm}
        isFixed={isFixed}
        options={legalForms.map((form) => ({ value: form, label: t(`customers.company.forms.${form}`) }))}
        onSave={(legalForm) => change.mutateAsync({ legalForm })}
      />
      {requisiteFields.map((field) => (
        <InlineField
          key={field}
          label={t(`customers.company.${field}`)}
          value={company[field] ?? ''}
          isFixed={isFixed}
          wrong={(typed) => faultOf(field, typed)}
          onSave={(next) => change.mutateAsync({ [field]: plain(next) || null })}
        />
      ))}
    </CardSection>
  )
}

/** As people write numbers: with spaces and hyphens. */
const plain = (typed: string) => typed.replaceAll(/[\s-]/g, '').toUpperCase()

function CopyAll({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('common.copied') : label}>
          <ActionIcon size="sm" aria-label={copied ? t('common.copied') : label} onClick={copy}>
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
