import { Button, Collapse, Stack } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Config } from '../channels-api.ts'
import { layouts } from './config-layout.ts'
import type { Schema } from './schema.ts'
import { SchemaField } from './schema-field.tsx'

/** Settings of one account, drawn from the schema of its kind. `errors` by dotted path below `config`. */
export function SchemaForm({
  kind,
  schema,
  config,
  errors,
  onChange,
}: {
  kind: string
  schema: Schema
  config: Config
  errors: Readonly<Record<string, string>>
  onChange: (config: Config) => void
}) {
  const { t } = useTranslation()
  const keys = Object.keys(schema.properties ?? {})
  const main = layouts[kind]?.main.filter((key) => keys.includes(key)) ?? keys
  const rest = keys.filter((key) => !main.includes(key))
  // What is wrong must be seen.
  const hasErrors = Object.keys(errors).some((path) => rest.includes(path.split('.')[1] ?? ''))
  const [isOpen, setOpen] = useState(false)
  const isShown = isOpen || hasErrors
  const draw = (key: string) => {
    const part = schema.properties?.[key]
    return (
      part && (
        <SchemaField
          key={key}
          kind={kind}
          path={key}
          schema={part}
          isRequired={schema.required?.includes(key) ?? false}
          value={config[key]}
          errors={errors}
          onChange={(value) => onChange({ ...config, [key]: value })}
        />
      )
    )
  }
  return (
    <Stack gap="md">
      {main.map(draw)}
      {rest.length > 0 && (
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isShown}
            leftSection={isShown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            onClick={() => setOpen(!isOpen)}
          >
            {t('channels.accounts.more')}
          </Button>
          <Collapse expanded={isShown}>
            <Stack gap="md" pt="md">
              {rest.map(draw)}
            </Stack>
          </Collapse>
        </div>
      )}
    </Stack>
  )
}
