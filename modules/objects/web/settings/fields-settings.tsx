import { Button, Code, Group, Select } from '@mantine/core'
import { IconForms, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldIndex as FieldIndexState } from '#modules/objects/contract'
import type { Field, ObjectDescription } from '#platform/shared/objects/object'
import {
  EditPanel,
  EmptyState,
  ErrorState,
  givesWay,
  LoadingState,
  Mark,
  Page,
  Row,
  Rows,
  Section,
} from '#platform/web'
import { indexesQuery, objectsQuery, useDescribe } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import { ArchiveField } from './archive-field.tsx'
import { ArchiveObject } from './archive-object.tsx'
import { FieldForm } from './field-form.tsx'
import { FieldIndex } from './field-index.tsx'
import { ObjectForm } from './object-form.tsx'

/** What the company keeps of people, companies and its own objects beside what Okno knows anyway. */
export default function FieldsSettings() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data: objects, error, refetch } = useQuery(objectsQuery)
  const [chosen, setChosen] = useState('person')
  const [field, setField] = useState<Field | 'new' | null>(null)
  const [isAddingObject, setAddingObject] = useState(false)
  if (givesWay(objects, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!objects) return <LoadingState />
  const open = objects.filter(({ takesFields }) => takesFields)
  const object = open.find(({ key }) => key === chosen) ?? open[0]
  return (
    <Page
      title={t('objects.title')}
      text={t('objects.text')}
      actions={
        <Group gap="xs">
          <Button variant="default" onClick={() => setAddingObject(true)}>
            {t('objects.object.add')}
          </Button>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setField('new')}>
            {t('objects.field.add')}
          </Button>
        </Group>
      }
    >
      <Select
        label={t('objects.object.of')}
        maw={320}
        mb="lg"
        allowDeselect={false}
        value={object?.key ?? null}
        data={open.map(({ key, label }) => ({ value: key, label: label.many[language] }))}
        onChange={(key) => key && setChosen(key)}
      />
      {object?.isCustom && <ArchiveObject key={object.key} object={object} />}
      {object && <OwnFields object={object} onOpen={setField} />}
      {object && (
        <EditPanel
          opened={field}
          newTitle={t('objects.field.add')}
          titleOf={({ label }) => label[language]}
          onClose={() => setField(null)}
          size={520}
        >
          {(opened) => (
            <>
              <FieldForm object={object} field={opened} onDone={() => setField(null)} />
              {opened && !opened.isArchived && <FieldIndex object={object.key} field={opened} />}
              {opened && <ArchiveField object={object.key} field={opened} onDone={() => setField(null)} />}
            </>
          )}
        </EditPanel>
      )}
      <EditPanel
        opened={isAddingObject ? 'new' : null}
        newTitle={t('objects.object.add')}
        titleOf={() => ''}
        onClose={() => setAddingObject(false)}
        size={480}
      >
        {() => (
          <ObjectForm
            onDone={(key) => {
              setAddingObject(false)
              if (key) setChosen(key)
            }}
          />
        )}
      </EditPanel>
    </Page>
  )
}

function OwnFields({ object, onOpen }: { object: ObjectDescription; onOpen: (field: Field) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data: indexes } = useQuery(indexesQuery(object.key))
  const stateOf = (key: string) => indexes?.items.find(({ field }) => field === key)?.state
  const own = object.fields.filter(({ key }) => key.startsWith('custom.'))
  const builtIn = object.fields.filter(({ key }) => !key.startsWith('custom.') && key !== 'id')
  return (
    <Group gap="xl" align="stretch" style={{ flexDirection: 'column' }} wrap="nowrap">
      <Section title={t('objects.field.own')}>
        {own.length === 0 ? (
          <EmptyState icon={IconForms} title={t('objects.field.none')} text={t('objects.field.noneText')} />
        ) : (
          <Rows label={t('objects.field.own')}>
            {own.map((field) => (
              <Row
                key={field.key}
                title={field.label[language]}
                detail={<Kind field={field} indexState={stateOf(field.key)} />}
                aside={<Code>{field.key}</Code>}
                isDimmed={field.isArchived}
                onOpen={() => onOpen(field)}
              />
            ))}
          </Rows>
        )}
      </Section>
      <Section title={t('objects.field.builtIn')} text={t('objects.field.builtInText')}>
        <Rows label={t('objects.field.builtIn')}>
          {builtIn.map((field) => (
            <Row
              key={field.key}
              title={field.label[language]}
              detail={<Kind field={field} />}
              aside={<Code>{field.key}</Code>}
            />
          ))}
        </Rows>
      </Section>
    </Group>
  )
}

function Kind({ field, indexState }: { field: Field; indexState?: FieldIndexState['state'] | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const target = useDescribe()?.(field.target ?? '')
  const about = target?.label.many[language] ?? field.options?.map(({ label }) => label[language]).join(', ')
  return (
    <Group gap={6} component="span">
      <span>{[t(`objects.types.${field.type}`), about].filter(Boolean).join(': ')}</span>
      {field.formula && <Code>{field.formula}</Code>}
      {field.isRequired && field.key.startsWith('custom.') && <Mark looks="calm">{t('objects.field.required')}</Mark>}
      {field.isUnique && <Mark looks="calm">{t('objects.field.unique')}</Mark>}
      {indexState && (
        <Mark looks={indexState === 'failed' ? 'bad' : 'calm'}>{t(`objects.index.states.${indexState}`)}</Mark>
      )}
      {field.isArchived && <Mark looks="calm">{t('objects.field.archived')}</Mark>}
    </Group>
  )
}
