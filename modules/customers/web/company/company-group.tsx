import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompanyTree } from '#modules/customers/contract'
import card from '../card/card.module.css'
import { CardSection } from '../card/card-section.tsx'
import { isMissing, MissingSection } from '../card/missing-section.tsx'
import { CompanySelect } from '../lists/company-select.tsx'
import classes from './company.module.css'
import { companyTreeQuery, useChangeCompany } from './company-api.ts'
import type { CompanyBlockProps } from './company-blocks.ts'

type Node = CompanyTree['companies'][number]

/** The group that a company belongs to: which stands above which, and how many people there are. */
export function CompanyGroup({ company: { id, name, parentId, can } }: CompanyBlockProps) {
  const { t } = useTranslation()
  const reading = useQuery(companyTreeQuery(id))
  const { data: tree } = reading
  const change = useChangeCompany(id)
  const [isChoosing, setChoosing] = useState(false)
  if (isMissing(reading)) return <MissingSection title={t('customers.company.group')} reading={reading} />
  const companies = tree?.companies ?? []
  const parent = companies.find((one) => one.id === parentId)
  // Before it is read, nobody knows of a company above.
  if (!tree || (!can.edit && companies.length < 2)) return null
  const label = t('customers.company.parent')
  return (
    <CardSection title={t('customers.company.group')}>
      <div className={card.field}>
        <span className={card.fieldName}>{label}</span>
        {isChoosing ? (
          <CompanySelect
            isBare
            label={label}
            value={parentId}
            onChange={(next) => {
              setChoosing(false)
              if (next !== parentId) change.mutate({ parentId: next })
            }}
          />
        ) : (
          <UnstyledButton
            className={card.fieldValue ?? ''}
            disabled={!can.edit}
            fz="sm"
            aria-label={t('customers.fields.edit', { label, value: parent?.name ?? '' })}
            onClick={() => setChoosing(true)}
          >
            {parent?.name ?? <span className={card.blank}>{t('customers.fields.blank')}</span>}
          </UnstyledButton>
        )}
      </div>
      {companies.length > 1 && (
        <>
          <ul className={classes.tree} aria-label={t('customers.company.treeOf', { name })}>
            {companies
              .filter((one) => one.parentId === null)
              .map((one) => (
                <Branch key={one.id} node={one} all={companies} currentId={id} />
              ))}
          </ul>
          <span className={classes.quiet}>
            {t('customers.company.groupTotal', tree.group)}
            {tree.branch.companies < tree.group.companies && tree.branch.companies > 1 && (
              <>
                <br />
                {t('customers.company.branchTotal', tree.branch)}
              </>
            )}
            {tree.isCut && (
              <>
                <br />
                {t('customers.company.groupCut', { count: companies.length })}
              </>
            )}
          </span>
        </>
      )}
    </CardSection>
  )
}

function Branch({ node, all, currentId }: { node: Node; all: readonly Node[]; currentId: string }) {
  const { t } = useTranslation()
  const below = all.filter(({ parentId }) => parentId === node.id)
  return (
    <li>
      <Link
        to={`/companies/${node.id}`}
        className={classes.node ?? ''}
        aria-current={node.id === currentId ? 'page' : undefined}
      >
        <span className="okno-clip">{node.name}</span>
        {node.people > 0 && (
          <span className={classes.count}>{t('customers.company.peopleCount', { count: node.people })}</span>
        )}
      </Link>
      {below.length > 0 && (
        <ul>
          {below.map((one) => (
            <Branch key={one.id} node={one} all={all} currentId={currentId} />
          ))}
        </ul>
      )}
    </li>
  )
}
