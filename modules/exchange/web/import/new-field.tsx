import { Badge, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldProposal } from '#modules/exchange/contract'
import { ErrorState, Form, fieldErrors, givesWay, LoadingState, SidePanel } from '#platform/web'
import { proposalQuery, useAddField } from './import-api.ts'

interface Props {
  importId: string
  /** The column that no field fits; null = the panel is closed. */
  column: number | null
  onClose: () => void
}

/** Beside the columns: a new field for one of them, proposed by its values. */
export function NewField({ importId, column, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <SidePanel title={t('exchange.imports.newField.title')} isOpen={column !== null} onClose={onClose}>
      {column !== null && <Proposal importId={importId} column={column} onClose={onClose} />}
    </SidePanel>
  )
}

function Proposal({ importId, column, onClose }: { importId: string; column: number; onClose: () => void }) {
  const { data, error, refetch } = useQuery(proposalQuery(importId, column))
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  return <NewFieldForm importId={importId} proposal={data} onClose={onClose} />
}

function NewFieldForm({
  importId,
  proposal,
  onClose,
}: {
  importId: string
  proposal: FieldProposal
  onClose: () => void
}) {
  const { t } = useTranslation()
  const add = useAddField(importId)
  const [label, setLabel] = useState(proposal.label)
  const [type, setType] = useState(proposal.type)
  const errors = fieldErrors(t, add.error)
  return (
    <Form
      submit={t('exchange.imports.newField.create')}
      onSubmit={() => add.mutate({ column: proposal.column, label, type }, { onSuccess: onClose })}
      isPending={add.isPending}
      isReady={label.trim() !== ''}
      error={add.error}
    >
      <Stack gap="md">
        <TextInput
          label={t('exchange.imports.newField.label')}
          required
          data-autofocus
          maxLength={200}
          value={label}
          error={errors.label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Select
          label={t('exchange.imports.newField.type')}
          description={t('exchange.imports.newField.typeText', { count: proposal.rows })}
          allowDeselect={false}
          value={type}
          error={errors.type}
          data={proposal.fits.map((value) => ({ value, label: t(`objects.types.${value}`) }))}
          onChange={(value) => setType(proposal.fits.find((one) => one === value) ?? type)}
        />
        {type === 'choice' && (
          <Stack gap={6}>
            <Text fz="sm" fw={500}>
              {t('exchange.imports.newField.options')}
            </Text>
            <Group gap={6}>
              {proposal.options.map((option) => (
                <Badge key={option} variant="default" tt="none" fw={500}>
                  {option}
                </Badge>
              ))}
            </Group>
          </Stack>
        )}
        <Text fz="sm" c="dimmed">
          {t('exchange.imports.newField.stays')}
        </Text>
      </Stack>
    </Form>
  )
}
