import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import { type Field, valueTypeOf } from '#platform/shared/objects/object'
import { Mark, Moment } from '#platform/web'
import { namesOfQuery } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import { valueText } from '../value-text.ts'
import classes from './grid.module.css'

type Json = CustomValues[string]

/** How things are called to which references point, by object and id. */
export type Names = Readonly<Record<string, Readonly<Record<string, string>>>>

interface CellValueProps {
  field: Field
  value: Json
  names: Names
}

/** Figures stand under figures. */
export const isFigure = (field: Field): boolean => ['number', 'money'].includes(valueTypeOf(field))

/** A value as a cell shows it, by the type of its field: choices as marks, several values as the first and how many more. */
export function CellValue({ field, value, names }: CellValueProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (value === null || value === undefined || value === '') return null
  const known = new Map(Object.entries(names[field.target ?? ''] ?? {}))
  const text = (one: Json) => valueText(one, field, { t, language, names: known })
  switch (valueTypeOf(field)) {
    case 'choice':
      return <Marks texts={(Array.isArray(value) ? value : [value]).map(text)} />
    case 'multi_choice':
      return <Marks texts={(Array.isArray(value) ? value : [value]).map((one) => text([one]))} />
    case 'boolean':
      return value === true ? (
        <span className={classes.yes}>
          <IconCheck size={14} aria-hidden /> {text(value)}
        </span>
      ) : (
        <span className={classes.quiet}>{text(value)}</span>
      )
    case 'datetime':
      return <Moment at={String(value)} />
    case 'file':
      return <span className={classes.quiet}>{t('objects.types.file')}</span>
    case 'reference':
      return Array.isArray(value) ? (
        <Several texts={value.map((one) => known.get(String(one)) ?? t('objects.bulk.unseen'))} />
      ) : known.has(String(value)) ? (
        text(value)
      ) : (
        <NameOf target={field.target ?? ''} id={String(value)} />
      )
    default:
      return Array.isArray(value) ? <Several texts={value.map(text)} /> : text(value)
  }
}

function Marks({ texts }: { texts: readonly string[] }) {
  return (
    <span className={classes.marks}>
      {texts.map((text) => (
        <Mark key={text}>{text}</Mark>
      ))}
    </span>
  )
}

function Several({ texts: [first, ...rest] }: { texts: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <span className={classes.several}>
      <span className="okno-clip">{first}</span>
      {rest.length > 0 && (
        <span className={classes.quiet} title={rest.join(', ')}>
          {t('objects.list.more', { count: rest.length })}
        </span>
      )}
    </span>
  )
}

/** What somebody has just chosen is not among the names that came with the page. */
function NameOf({ target, id }: { target: string; id: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(namesOfQuery(target, [id]))
  if (!data) return '…'
  // Erased, or not for this reader's eyes.
  return data[0]?.name ?? <span className={classes.quiet}>{t('objects.bulk.unseen')}</span>
}
