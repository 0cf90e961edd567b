import { Button, SegmentedControl, Stack } from '@mantine/core'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, givesWay, Initials, LoadingState, Mark, Page, Row, Rows } from '#platform/web'
import { operatorsQuery, teamsQuery } from '../access-api.ts'
import { OperatorPanel } from './operator-panel.tsx'
import { archivedOperatorsQuery, type OperatorWire } from './settings-api.ts'

/** Who works here, and who no longer does. */
export default function OperatorsSettings() {
  const { t } = useTranslation()
  const [isArchive, setArchive] = useState(false)
  const [opened, setOpened] = useState<OperatorWire | 'new' | null>(null)
  return (
    <Page
      title={t('access.operators.title')}
      text={t('access.operators.text')}
      actions={
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpened('new')}>
          {t('access.operators.add')}
        </Button>
      }
    >
      <Stack gap="md">
        <SegmentedControl
          w="fit-content"
          aria-label={t('access.operators.which')}
          value={isArchive ? 'archived' : 'working'}
          onChange={(value) => setArchive(value === 'archived')}
          data={[
            { value: 'working', label: t('access.operators.working') },
            { value: 'archived', label: t('common.archived') },
          ]}
        />
        <List isArchive={isArchive} onOpen={setOpened} />
      </Stack>
      <OperatorPanel
        key={opened === null || opened === 'new' ? String(opened) : opened.id}
        of={opened}
        onClose={() => setOpened(null)}
      />
    </Page>
  )
}

function List({ isArchive, onOpen }: { isArchive: boolean; onOpen: (operator: OperatorWire) => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(isArchive ? archivedOperatorsQuery : operatorsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  if (data.length === 0) return <EmptyState icon={IconUsers} title={t('access.operators.noneArchived')} />
  const teamsOf = ({ teamIds }: OperatorWire) => teams.filter(({ id }) => teamIds.includes(id)).map(({ name }) => name)
  return (
    <Rows label={t('access.operators.title')}>
      {data.map((operator) => (
        <Row
          key={operator.id}
          icon={<Initials id={operator.id} name={operator.name} size={36} />}
          title={operator.name}
          detail={[
            operator.email,
            t('access.operators.holds', { count: operator.capacity }),
            ...teamsOf(operator),
          ].join(' · ')}
          aside={
            <>
              {operator.isPresent && <Mark looks="good">{t('access.operators.present')}</Mark>}
              <Mark>{t(`access.roles.${operator.role}`)}</Mark>
            </>
          }
          onOpen={() => onOpen(operator)}
          isDimmed={operator.isArchived}
        />
      ))}
    </Rows>
  )
}
