import { Button, Group, Input, PasswordInput, Text, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyField } from '#platform/web'

const GENERATED_BYTES = 32

/** A secret is written, never read: one that is set says so and can be replaced or taken away. `true` = set and untouched. */
export function SecretField({
  label,
  description,
  error,
  isRequired,
  isLong,
  canGenerate,
  value,
  onChange,
}: {
  label: string
  description?: string
  error: string | undefined
  isRequired: boolean
  isLong: boolean
  canGenerate: boolean
  value: unknown
  onChange: (value: unknown) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const isSet = value === true
  const written = typeof value === 'string' ? value : ''
  const isGenerated = canGenerate && written.startsWith('okno_')
  const texts = { label, description, error, required: isRequired }
  if (isSet)
    return (
      <Input.Wrapper label={label} description={description} labelElement="div">
        <Group gap="xs" mt={4} mih={36}>
          <IconCheck size={16} color="var(--okno-good)" aria-hidden />
          <Text fz="sm">{t('channels.secret.set')}</Text>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange('')}>
            {t('channels.secret.replace')}
          </Button>
          {!isRequired && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              c="var(--mantine-color-error)"
              onClick={() => onChange(null)}
            >
              {t('common.remove')}
            </Button>
          )}
        </Group>
      </Input.Wrapper>
    )
  if (isGenerated) return <CopyField label={label} text={t('channels.secret.onceHint')} value={written} />
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      {isLong ? (
        <Textarea
          {...texts}
          flex={1}
          autosize
          minRows={3}
          maxRows={8}
          value={written}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <PasswordInput
          {...texts}
          id={id}
          flex={1}
          autoComplete="new-password"
          value={written}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {canGenerate && (
        <Button variant="default" onClick={() => onChange(generate())}>
          {t('channels.secret.generate')}
        </Button>
      )}
    </Group>
  )
}

/** 256 random bits, with a beginning by which people know what it is. */
function generate(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(GENERATED_BYTES))
  const text = btoa(String.fromCharCode(...bytes))
  return `okno_${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}
