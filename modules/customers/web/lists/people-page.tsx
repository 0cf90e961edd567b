import { Button } from '@mantine/core'
import { IconUsers, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectList } from '#modules/objects/web'
import { EmptyState } from '#platform/web'
import CustomerCard from '../card/customer-card.tsx'
import { AddButton } from './add-button.tsx'
import { ImportButton } from './import-button.tsx'
import { ListHeading } from './list-heading.tsx'
import { NewPersonPanel } from './new-person-panel.tsx'
import { WhyHere } from './why-here.tsx'

const COLUMNS = ['name', 'companies', 'emails', 'phones', 'city', 'stage', 'owner', 'createdAt']
const QUICK = ['stage', 'owner']

/** Everybody whom the company knows. */
export default function PeoplePage() {
  const { t } = useTranslation()
  const { personId } = useParams({ strict: false }) as { personId?: string }
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <ObjectList
        object="person"
        path="/people"
        openId={personId}
        columns={COLUMNS}
        sort="-createdAt"
        quick={QUICK}
        heading={<ListHeading list="people" />}
        actions={
          <>
            <Button
              component={Link}
              to="/same-people"
              size="xs"
              variant="default"
              leftSection={<IconUsersGroup size={16} />}
            >
              {t('customers.same.open')}
            </Button>
            <ImportButton object="person" />
            <AddButton list="people" onAdd={() => setAdding(true)} />
          </>
        }
        searchLabel={t('customers.lists.search.people')}
        empty={
          <EmptyState icon={IconUsers} title={t('customers.lists.none.people')} text={t('customers.lists.noneText')} />
        }
        card={(id, condition) => (
          <>
            {condition && <WhyHere object="person" condition={condition} id={id} />}
            <CustomerCard key={id} personId={id} />
          </>
        )}
      />
      <NewPersonPanel
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onCreated={(id) => void navigate({ to: `/people/${id}` })}
      />
    </>
  )
}
