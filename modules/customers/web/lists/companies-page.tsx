import { IconBuildings } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectList } from '#modules/objects/web'
import { EmptyState } from '#platform/web'
import { CompanyCard } from '../company/company-card.tsx'
import { AddButton } from './add-button.tsx'
import { ImportButton } from './import-button.tsx'
import { ListHeading } from './list-heading.tsx'
import { NewCompanyPanel } from './new-company-panel.tsx'

const COLUMNS = ['name', 'inn', 'city', 'site', 'createdAt']

/** Every company that people work at. */
export default function CompaniesPage() {
  const { t } = useTranslation()
  const { companyId } = useParams({ strict: false }) as { companyId?: string }
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <ObjectList
        object="company"
        path="/companies"
        openId={companyId}
        columns={COLUMNS}
        sort="name"
        heading={<ListHeading list="companies" />}
        actions={
          <>
            <ImportButton object="company" />
            <AddButton list="companies" onAdd={() => setAdding(true)} />
          </>
        }
        searchLabel={t('customers.lists.search.companies')}
        empty={<EmptyState icon={IconBuildings} title={t('customers.lists.none.companies')} />}
        card={(id) => <CompanyCard key={id} companyId={id} />}
      />
      <NewCompanyPanel
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onCreated={(id) => void navigate({ to: `/companies/${id}` })}
      />
    </>
  )
}
