import { ActionIcon } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#platform/web'
import classes from './composer.module.css'
import type { UploadedFile } from './describe-file.ts'
import type { Uploading } from './use-uploads.ts'

interface ComposerFilesProps {
  files: readonly UploadedFile[]
  uploading: readonly Uploading[]
  onRemove: (id: string) => void
  onCancel: (key: string) => void
}

/** Files that go with the message, and those still on their way up. */
export function ComposerFiles({ files, uploading, onRemove, onCancel }: ComposerFilesProps) {
  const { t, i18n } = useTranslation()
  if (files.length + uploading.length === 0) return null
  return (
    <div className={classes.files}>
      {files.map(({ id, name, sizeBytes }) => (
        <span key={id} className={classes.file}>
          <IconPaperclip size={13} aria-hidden />
          <span className="okno-clip">{name}</span>
          {sizeBytes > 0 && <span className="okno-numbers">{formatBytes(sizeBytes, i18n.language)}</span>}
          <ActionIcon size="xs" aria-label={t('inbox.file.remove', { name })} onClick={() => onRemove(id)}>
            <IconX size={12} />
          </ActionIcon>
        </span>
      ))}
      {uploading.map(({ key, name, share }) => (
        <span key={key} className={classes.file}>
          <span className="okno-clip">{name}</span>
          <span className="okno-numbers" role="progressbar" aria-valuenow={Math.round(share * 100)} aria-label={name}>
            {new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share)}
          </span>
          <ActionIcon size="xs" aria-label={t('inbox.file.cancel', { name })} onClick={() => onCancel(key)}>
            <IconX size={12} />
          </ActionIcon>
          <span className={classes.progress} style={{ width: `${share * 100}%` }} />
        </span>
      ))}
    </div>
  )
}
