import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import type { Field } from '#platform/shared/objects/object'
import classes from './custom-fields.module.css'
import { formulaValuesQuery } from './objects-api.ts'
import { useLanguage } from './use-language.ts'
import { valueText } from './value-text.ts'

const NO_NAMES = new Map<string, string>()

/** What formulas give for one object: read, never written. `values` are what they are computed from: a change of them computes anew. */
export function FormulaRows({
  object,
  id,
  fields,
  values,
}: {
  object: string
  id: string
  fields: readonly Field[]
  values: CustomValues
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const keys = fields.map(({ key }) => key)
  const { data: computed } = useQuery(formulaValuesQuery(object, id, keys, values))
  return fields.map((field) => {
    const shown = valueText(computed?.[field.key], field, { t, language, names: NO_NAMES })
    return (
      <div key={field.key} className={classes.field}>
        <span className={classes.name} title={field.help?.[language]}>
          {field.label[language]}
        </span>
        <output className={classes.computed} title={t('objects.values.computed', { formula: field.formula })}>
          {shown || <span className={classes.blank}>{t('objects.values.nothingComputed')}</span>}
        </output>
      </div>
    )
  })
}
