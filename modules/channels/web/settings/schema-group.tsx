import { Paper, Stack, Switch, Text } from '@mantine/core'
import type { ComponentType } from 'react'
import { layouts } from './config-layout.ts'
import { type FieldProps, useFieldTexts } from './field-texts.ts'
import { isConfig, presetOf } from './schema.ts'
import classes from './schema-group.module.css'

/** Settings that belong together: a server with its sign-in. One that may be left out has a switch. */
export function SchemaGroup({
  kind,
  path,
  schema,
  isRequired,
  value,
  errors,
  onChange,
  field: Field,
}: FieldProps & {
  /** Draws one setting of the group. Handed in, because a setting may be a group itself. */
  field: ComponentType<FieldProps>
}) {
  const { label, description } = useFieldTexts()({ kind, path })
  const config = isConfig(value) ? value : null
  const begin = () => ({ ...presetOf(schema), ...layouts[kind]?.begin?.[path] })
  return (
    <Paper withBorder p="md" radius="md" component="fieldset" m={0} aria-label={label}>
      <Stack gap="md">
        {isRequired ? (
          <Text fz="sm" fw={600}>
            {label}
          </Text>
        ) : (
          <Switch
            label={label}
            description={description}
            checked={config !== null}
            onChange={(event) => onChange(event.currentTarget.checked ? begin() : null)}
          />
        )}
        {config && (
          <div className={classes.fields}>
            {Object.entries(schema.properties ?? {}).map(([key, part]) => (
              <Field
                key={key}
                kind={kind}
                path={`${path}.${key}`}
                schema={part}
                isRequired={schema.required?.includes(key) ?? false}
                value={config[key]}
                errors={errors}
                onChange={(next) => onChange({ ...config, [key]: next })}
              />
            ))}
          </div>
        )}
      </Stack>
    </Paper>
  )
}
