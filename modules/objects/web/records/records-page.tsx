import { Button } from '@mantine/core'
import { IconBoxOff, IconPlus, IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { EmptyState, ErrorState, givesWay, LoadingState, PlaceTabs } from '#platform/web'
import ObjectList from '../list/object-list.tsx'
import { objectsQuery } from '../objects-api.ts'
import { CUSTOM } from '../undescribed.ts'
import { useLanguage } from '../use-language.ts'
import { NewRecordPanel } from './new-record-panel.tsx'
import { RecordCard } from './record-card.tsx'

/** So many of an object's own fields are columns at first. */
const OWN_COLUMNS = 5

/** What a company keeps in the objects that it described itself: one list for each. */
export default function RecordsPage() {
  const { t } = useTranslation()
  const { objectKey, recordId } = useParams({ strict: false }) as { objectKey?: string; recordId?: string }
  const { data, error, refetch } = useQuery(objectsQuery)
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  const own = data.filter(({ isCustom, isArchived }) => isCustom && !isArchived)
  const object = objectKey === undefined ? own[0] : own.find(({ key }) => key === objectKey)
  if (!object)
    return (
      <EmptyState icon={IconBoxOff} title={t('objects.records.noObject')} text={t('objects.records.noObjectText')}>
        <Button component={Link} to={own.length > 0 ? '/objects' : '/inbox'} variant="light" size="xs">
          {t(own.length > 0 ? 'objects.records.toAll' : 'objects.records.toInbox')}
        </Button>
      </EmptyState>
    )
  return <Records key={object.key} object={object} own={own} recordId={recordId} />
}

interface RecordsProps {
  object: ObjectDescription
  own: readonly ObjectDescription[]
  recordId: string | undefined
}

function Records({ object, own, recordId }: RecordsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const [isAdding, setAdding] = useState(false)
  const columns = useMemo(() => {
    const fields = object.fields.filter(({ key, isArchived }) => key.startsWith(CUSTOM) && !isArchived)
    return ['name', ...fields.slice(0, OWN_COLUMNS).map(({ key }) => key), 'updatedAt']
  }, [object])
  const path = `/objects/${object.key}`
  const many = object.label.many[language]
  return (
    <>
      <ObjectList
        object={object.key}
        path={path}
        openId={recordId}
        columns={columns}
        sort="-createdAt"
        heading={
          <PlaceTabs
            label={t('objects.records.title')}
            places={own.map(({ key, label }) => ({
              to: `/objects/${key}`,
              name: label.many[language],
              isHere: key === object.key,
            }))}
          />
        }
        actions={
          <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('objects.records.add')}
          </Button>
        }
        searchLabel={t('objects.records.search')}
        empty={
          <EmptyState
            icon={IconStack2}
            title={t('objects.records.none', { many, interpolation: { escapeValue: false } })}
            text={t('objects.records.noneText')}
          />
        }
        card={(id) => <RecordCard key={id} object={object} id={id} onGone={() => void navigate({ to: path })} />}
      />
      <NewRecordPanel
        object={object}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onCreated={(id) => void navigate({ to: `${path}/${id}` })}
      />
    </>
  )
}
