import { useTranslation } from 'react-i18next'
import type { Schema } from './schema.ts'

/** One setting, with where it stands and what was wrong with it. */
export interface FieldProps {
  kind: string
  /** Dotted: `smtp.port`. */
  path: string
  schema: Schema
  isRequired: boolean
  value: unknown
  errors: Readonly<Record<string, string>>
  onChange: (value: unknown) => void
}

/** What a setting is called, and a word on what it does. A setting without texts of ours keeps its name from the schema. */
export function useFieldTexts() {
  const { t } = useTranslation()
  return ({ kind, path }: { kind: string; path: string }) => {
    const key = path.split('.').at(-1) ?? path
    const name = path.replaceAll('.', '_')
    const hint = t([
      `channels.configHints.${kind}.${name}`,
      `channels.configHints.all.${key}`,
      'channels.configHints.none',
    ])
    return {
      label: t([`channels.config.${kind}.${name}`, `channels.config.all.${key}`, 'channels.config.other'], { key }),
      ...(hint === '–' ? {} : { description: hint }),
    }
  }
}
