import { ActionIcon, Button, Fieldset, Group, Stack, TextInput, Tooltip } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { newId } from '#platform/shared/ids'
import type { FieldOption } from '#platform/shared/objects/object'
import { useLanguage } from '../use-language.ts'
import { renamed } from './renamed.ts'

interface OptionsEditorProps {
  options: FieldOption[]
  /** Those that are stored: they are archived, not removed. */
  known: readonly FieldOption[]
  onChange: (options: FieldOption[]) => void
}

const KEY_LENGTH = 8

/** The choices of a field, in their order. */
export function OptionsEditor({ options, known, onChange }: OptionsEditorProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const put = (i: number, patch: Partial<FieldOption>) =>
    onChange(options.map((one, n) => (n === i ? { ...one, ...patch } : one)))
  const rename = (i: number, text: string) =>
    put(i, { label: renamed(known.find(({ key }) => key === options[i]?.key)?.label, text, language) })
  const add = () =>
    onChange([...options, { key: newId().slice(-KEY_LENGTH), label: { en: '', ru: '' }, isArchived: false }])
  return (
    <Fieldset legend={t('objects.field.options')} variant="unstyled">
      <Stack gap={6}>
        {options.map((option, i) => (
          <Group key={option.key} gap={6} wrap="nowrap">
            <TextInput
              flex={1}
              required
              maxLength={200}
              aria-label={t('objects.field.option', { number: i + 1 })}
              value={option.label[language]}
              disabled={option.isArchived}
              onChange={(event) => rename(i, event.currentTarget.value)}
            />
            {known.some(({ key }) => key === option.key) ? (
              <Tooltip label={t(option.isArchived ? 'objects.field.restore' : 'objects.field.archive')}>
                <ActionIcon
                  color="gray"
                  aria-label={t(option.isArchived ? 'objects.field.restore' : 'objects.field.archive')}
                  onClick={() => put(i, { isArchived: !option.isArchived })}
                >
                  {option.isArchived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
                </ActionIcon>
              </Tooltip>
            ) : (
              <ActionIcon
                color="gray"
                aria-label={t('objects.field.removeOption', { number: i + 1 })}
                onClick={() => onChange(options.toSpliced(i, 1))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <div>
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
            {t('objects.field.addOption')}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  )
}
