import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import { type CardWire, useChangePerson } from '../customers-api.ts'
import { type Stage, stages } from '../lists/lists-api.ts'
import classes from './card.module.css'

/** The way through the stages with its dates and reasons, and the change of stage. */
export default function StagePanel({ person, onDone }: { person: CardWire; onDone: () => void }) {
  return (
    <Stack gap="sm">
      <StagePath person={person} />
      {person.can.edit && <StageForm person={person} onDone={onDone} />}
    </Stack>
  )
}

function StagePath({ person: { stages: steps } }: { person: CardWire }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.lines} aria-label={t('customers.stage.path')}>
      {steps.map(({ stage, since, by, reason }) => (
        <li key={`${since} ${stage}`} className={classes.pathStep}>
          <IconChevronRight size={14} aria-hidden />
          <span>
            <strong>{t([`customers.stages.${stage}`, 'common.none'])}</strong>{' '}
            <Moment at={since} className={classes.entryTime ?? ''} />
            {by && <span className={classes.lineFacts}>{by}</span>}
            {reason && <span className={classes.lineFacts}>{reason}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}

function StageForm({ person, onDone }: { person: CardWire; onDone: () => void }) {
  const { t } = useTranslation()
  const change = useChangePerson(person.id)
  const [stage, setStage] = useState<Stage>(person.stage)
  const [reason, setReason] = useState('')
  const save = () =>
    change.mutate({ stage, ...(reason.trim() ? { stageReason: reason.trim() } : {}) }, { onSuccess: onDone })
  return (
    <>
      <Select
        size="xs"
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        label={t('customers.stage.change')}
        value={stage}
        data={stages.map((value) => ({ value, label: t(`customers.stages.${value}`) }))}
        onChange={(value) => value && setStage(value)}
      />
      <TextInput
        size="xs"
        maxLength={500}
        label={t('customers.stage.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button size="xs" disabled={stage === person.stage} loading={change.isPending} onClick={save}>
          {t('common.save')}
        </Button>
      </Group>
    </>
  )
}
