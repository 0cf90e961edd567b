import { ActionIcon, Group, Textarea, Tooltip } from '@mantine/core'
import { IconPencil, IconPin, IconPinFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { ConfirmButton, Moment } from '#platform/web'
import { BlockForm } from './block-form.tsx'
import classes from './card.module.css'
import { useAddNote, useChangeNote, useRemoveNote } from './card-api.ts'
import { GrowingSection } from './growing-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

type NoteWire = PersonBlockProps['person']['notes'][number]

/** What operators wrote down, pinned first; each note its author's, with what it said before. */
export function CardNotes({ person: { id, notes, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const add = useAddNote(id)
  return (
    <GrowingSection
      title={t('customers.notes.title')}
      add={t('customers.notes.add')}
      hint={t('customers.notes.hint')}
      canAdd={can.edit}
      isEmpty={notes.length === 0}
      form={(close) => (
        <NoteForm
          text=""
          submit={t('customers.notes.create')}
          isPending={add.isPending}
          onClose={close}
          onSave={(text) => add.mutate(text, { onSuccess: close })}
        />
      )}
    >
      {notes.length > 0 && (
        <ul className={classes.lines}>
          {notes.map((note) => (
            <NoteItem key={note.id} personId={id} note={note} canEdit={can.edit} />
          ))}
        </ul>
      )}
    </GrowingSection>
  )
}

function NoteItem({ personId, note, canEdit }: { personId: string; note: NoteWire; canEdit: boolean }) {
  const { t } = useTranslation()
  const { operator, permissions } = useMe()
  const change = useChangeNote(personId)
  const remove = useRemoveNote(personId)
  const [isEdited, setEdited] = useState(false)
  const { id, text, isPinned, operatorId, operatorName, createdAt, editedAt, versions } = note
  const isOwn = canEdit && (operatorId === operator.id || permissions.includes('customers.manage'))
  const pin = t(isPinned ? 'customers.notes.unpin' : 'customers.notes.pin')
  if (isEdited) {
    return (
      <li>
        <NoteForm
          text={text}
          submit={t('common.save')}
          isPending={change.isPending}
          onClose={() => setEdited(false)}
          onSave={(next) => change.mutate({ id, text: next }, { onSuccess: () => setEdited(false) })}
        />
      </li>
    )
  }
  return (
    <li className={classes.note} data-pinned={isPinned}>
      <p className={classes.noteText}>{text}</p>
      <Group gap={4} justify="space-between" wrap="nowrap">
        <span className={classes.proof}>
          {operatorName}, <Moment at={editedAt ?? createdAt} />
        </span>
        <Group gap={2} wrap="nowrap">
          {canEdit && (
            <Tooltip label={pin}>
              <ActionIcon
                size={24}
                variant="subtle"
                aria-label={pin}
                aria-pressed={isPinned}
                onClick={() => change.mutate({ id, isPinned: !isPinned })}
              >
                {isPinned ? <IconPinFilled size={14} /> : <IconPin size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
          {isOwn && (
            <>
              <Tooltip label={t('customers.notes.edit')}>
                <ActionIcon
                  size={24}
                  variant="subtle"
                  aria-label={t('customers.notes.edit')}
                  onClick={() => setEdited(true)}
                >
                  <IconPencil size={14} />
                </ActionIcon>
              </Tooltip>
              <span className={classes.remover}>
                <ConfirmButton
                  size="compact-xs"
                  question={t('customers.notes.removeQuestion')}
                  confirm={t('customers.notes.remove')}
                  isPending={remove.isPending}
                  onConfirm={() => remove.mutate(id)}
                >
                  {t('customers.notes.remove')}
                </ConfirmButton>
              </span>
            </>
          )}
        </Group>
      </Group>
      {versions.length > 0 && (
        <details>
          <summary className={classes.fold}>{t('customers.notes.before', { count: versions.length })}</summary>
          <ol className={classes.lines}>
            {versions.toReversed().map((version) => (
              <li key={version.at} className={classes.former}>
                {version.text} <Moment at={version.at} className={classes.entryTime ?? ''} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  )
}

function NoteForm(props: {
  text: string
  submit: string
  isPending: boolean
  onClose: () => void
  onSave: (text: string) => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(props.text)
  return (
    <BlockForm {...props} isReady={text.trim() !== ''} onSubmit={() => props.onSave(text.trim())}>
      <Textarea
        size="xs"
        autoFocus
        autosize
        minRows={2}
        maxRows={12}
        maxLength={20_000}
        aria-label={t('customers.notes.text')}
        placeholder={t('customers.notes.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </BlockForm>
  )
}
