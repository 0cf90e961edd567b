import { ColorInput, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { layouts } from './config-layout.ts'
import { type FieldProps, useFieldTexts } from './field-texts.ts'
import { SchemaGroup } from './schema-group.tsx'
import { SecretField } from './secret-field.tsx'

const LONG_TEXT = 400
const COLOUR = '^#[0-9a-f]{6}$'
const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** One setting, by the type that its schema names. */
export function SchemaField(props: FieldProps) {
  const { kind, path, schema, isRequired, value, errors, onChange } = props
  const { t } = useTranslation()
  const texts = useFieldTexts()(props)
  const common = { ...texts, required: isRequired, error: errors[`config.${path}`] }
  if (schema.type === 'object') return <SchemaGroup {...props} field={SchemaField} />
  if (schema.secret)
    return (
      <SecretField
        {...texts}
        error={common.error}
        isRequired={isRequired}
        isLong={(schema.maxLength ?? 0) > 5000}
        canGenerate={layouts[kind]?.generated?.includes(path) ?? false}
        value={value}
        onChange={onChange}
      />
    )
  if (schema.type === 'boolean')
    return (
      <Switch
        {...texts}
        checked={value === undefined ? schema.default === true : value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  if (schema.type === 'integer' || schema.type === 'number')
    return (
      <NumberInput
        {...common}
        {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
        {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
        allowDecimal={schema.type === 'number'}
        thousandSeparator=""
        value={typeof value === 'number' ? value : typeof schema.default === 'number' ? schema.default : ''}
        onChange={(next) => onChange(next === '' ? undefined : Number(next))}
      />
    )
  if (schema.type === 'array')
    return (
      <TagsInput
        {...common}
        required={false}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={onChange}
        splitChars={[',', ' ']}
        clearable
      />
    )
  if (schema.enum)
    return (
      <Select
        {...common}
        allowDeselect={false}
        value={text(value) || text(schema.default)}
        data={schema.enum.map((one) => ({
          value: one,
          label: t([`channels.choices.${one}`, 'channels.config.other'], { key: one }),
        }))}
        onChange={onChange}
      />
    )
  if (schema.pattern === COLOUR)
    return <ColorInput {...common} format="hex" withEyeDropper={false} value={text(value)} onChange={onChange} />
  if ((schema.maxLength ?? 0) >= LONG_TEXT && !schema.format && !schema.pattern)
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={schema.maxLength}
        value={text(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...common}
      type={schema.format === 'email' ? 'email' : schema.format === 'uri' ? 'url' : 'text'}
      {...(schema.maxLength ? { maxLength: schema.maxLength } : {})}
      value={text(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
