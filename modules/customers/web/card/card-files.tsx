import { ActionIcon, FileButton, Tooltip } from '@mantine/core'
import { IconFile, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmButton, formatBytes, Moment } from '#platform/web'
import classes from './card.module.css'
import { filesQuery, type PersonFileWire, useAttach, useDetach } from './card-api.ts'
import { CardSection } from './card-section.tsx'
import { isMissing, MissingSection } from './missing-section.tsx'
import type { PersonBlockProps } from './person-blocks.ts'

/** Files laid to the card, and the last ones from conversations. */
export function CardFiles({ person: { id, can } }: PersonBlockProps) {
  const { t } = useTranslation()
  const reading = useQuery(filesQuery(id))
  const { data } = reading
  const attach = useAttach(id)
  if (isMissing(reading)) return <MissingSection title={t('customers.files.title')} reading={reading} />
  const files = data?.items ?? []
  if (files.length === 0 && !can.edit) return null
  const add = can.edit && (
    <FileButton onChange={(file) => file && attach.mutate(file)}>
      {(props) => (
        <Tooltip label={t('customers.files.add')}>
          <ActionIcon
            {...props}
            size={24}
            variant="subtle"
            loading={attach.isPending}
            aria-label={t('customers.files.add')}
          >
            <IconPlus size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  )
  return (
    <CardSection title={t('customers.files.title')} action={add}>
      {data && files.length === 0 && <span className={classes.hint}>{t('customers.files.hint')}</span>}
      {files.length > 0 && (
        <ul className={classes.lines}>
          {files.map((file) => (
            <FileLine key={`${file.id} ${file.conversationId}`} personId={id} file={file} canEdit={can.edit} />
          ))}
        </ul>
      )}
    </CardSection>
  )
}

function FileLine({ personId, file, canEdit }: { personId: string; file: PersonFileWire; canEdit: boolean }) {
  const { t, i18n } = useTranslation()
  const detach = useDetach(personId)
  const { id, name, sizeBytes, at, by, conversationId } = file
  const url = conversationId ? `/api/v1/files/${id}` : `/api/v1/people/${personId}/files/${id}`
  return (
    <li className={classes.identity}>
      <IconFile size={15} stroke={1.6} aria-hidden />
      <a
        href={url}
        target="_blank"
        rel="noopener"
        className={`${classes.value} okno-clip`}
        title={by ? `${name} · ${by}` : name}
      >
        {name}
      </a>
      <span className={classes.proof}>
        {formatBytes(sizeBytes, i18n.language)} · <Moment at={at} />
      </span>
      {canEdit && !conversationId && (
        <span className={classes.remover}>
          <ConfirmButton
            size="compact-xs"
            question={t('customers.files.removeQuestion')}
            confirm={t('customers.files.remove')}
            label={t('customers.files.removeOf', { name })}
            isPending={detach.isPending}
            onConfirm={() => detach.mutate(id)}
          >
            {t('customers.files.remove')}
          </ConfirmButton>
        </span>
      )}
    </li>
  )
}
