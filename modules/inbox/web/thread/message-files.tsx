import { IconFile, IconFileText, IconFileZip, IconMusic, IconPhoto, IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#platform/web'
import type { MessageFile } from '../inbox-api.ts'
import classes from './thread.module.css'

/** Pictures that a browser shows without risk; others, such as SVG, are offered as files. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

export function fileIconOf(mime: string) {
  if (mime.startsWith('image/')) return IconPhoto
  if (mime.startsWith('audio/')) return IconMusic
  if (mime.startsWith('video/')) return IconVideo
  if (/zip|rar|7z|tar|compressed/.test(mime)) return IconFileZip
  if (mime.startsWith('text/') || /pdf|word|document|sheet|excel/.test(mime)) return IconFileText
  return IconFile
}

/** Files of a message: pictures to look at, everything else to save. */
export function MessageFiles({ files }: { files: readonly MessageFile[] }) {
  if (files.length === 0) return null
  return (
    <div className={classes.files}>
      {files.map((file) =>
        SHOWN.has(file.mime) ? <Picture key={file.id} file={file} /> : <FileLink key={file.id} file={file} />,
      )}
    </div>
  )
}

function Picture({ file }: { file: MessageFile }) {
  return (
    <a href={file.url} target="_blank" rel="noopener" title={file.name}>
      <img src={file.url} alt={file.name} className={classes.picture} loading="lazy" />
    </a>
  )
}

function FileLink({ file }: { file: MessageFile }) {
  const { t, i18n } = useTranslation()
  const Icon = fileIconOf(file.mime)
  return (
    <a href={file.url} download={file.name} className={classes.file} title={t('inbox.file.save', { name: file.name })}>
      <Icon size={18} stroke={1.6} aria-hidden />
      <span className="okno-clip">{file.name}</span>
      <span className="okno-numbers" style={{ color: 'var(--mantine-color-dimmed)', whiteSpace: 'nowrap' }}>
        {formatBytes(file.sizeBytes, i18n.language)}
      </span>
    </a>
  )
}
