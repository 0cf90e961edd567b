import { ActionIcon, Button, FileButton, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconPaperclip, IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './composer.module.css'
import { EmojiButton } from './emoji-button.tsx'

/** The length is shown once so little of it is left. */
const NEAR_LIMIT = 0.8

interface ComposerToolsProps {
  mode: 'reply' | 'note'
  length: number
  maxLength: number | null
  takesFiles: boolean
  canSend: boolean
  onFiles: (files: File[]) => void
  onInsert: (piece: string) => void
  onSubmit: (after?: 'close') => void
}

/** Below the text: files, emoji, the length that is left, sending. */
export function ComposerTools(props: ComposerToolsProps) {
  const { mode, length, maxLength, takesFiles, canSend, onFiles, onInsert, onSubmit } = props
  const { t } = useTranslation()
  return (
    <div className={classes.tools}>
      {takesFiles && (
        <FileButton multiple onChange={onFiles}>
          {(button) => (
            <Tooltip label={t('inbox.file.attach')}>
              <ActionIcon {...button} aria-label={t('inbox.file.attach')}>
                <IconPaperclip size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
      )}
      <EmojiButton onChoose={onInsert} />
      <span className={classes.spare} />
      {maxLength !== null && length > maxLength * NEAR_LIMIT && (
        <span className={`${classes.hint} okno-numbers`} data-over={length > maxLength}>
          {t('inbox.composer.left', { count: maxLength - length })}
        </span>
      )}
      <Button.Group>
        <Tooltip label={t('inbox.composer.sendHint')}>
          <Button
            size="xs"
            leftSection={<IconSend size={14} />}
            disabled={!canSend}
            onClick={() => onSubmit()}
            {...(mode === 'note' ? { variant: 'default' } : {})}
          >
            {mode === 'note' ? t('inbox.composer.saveNote') : t('inbox.composer.send')}
          </Button>
        </Tooltip>
        {mode === 'reply' && (
          <Menu position="top-end">
            <Menu.Target>
              <Button
                size="xs"
                px={6}
                disabled={!canSend}
                aria-label={t('inbox.composer.sendMore')}
                style={{ borderInlineStart: '1px solid rgb(255 255 255 / 30%)' }}
              >
                <IconChevronDown size={14} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onSubmit()}>{t('inbox.composer.sendAndWait')}</Menu.Item>
              <Menu.Item onClick={() => onSubmit('close')}>{t('inbox.composer.sendAndClose')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Button.Group>
    </div>
  )
}
