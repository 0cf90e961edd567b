import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormulaAnswer } from '#modules/objects/contract'
import type { Field, ObjectDescription } from '#platform/shared/objects/object'
import { useLanguage } from '../use-language.ts'
import { valueText } from '../value-text.ts'
import classes from './formula.module.css'

const NO_NAMES = new Map<string, string>()

/** What a formula gives for one card, with what stands there in the fields that it names. */
export function FormulaTrial({
  object,
  type,
  trial,
  choose,
}: {
  object: ObjectDescription
  type: NonNullable<FormulaAnswer['type']>
  trial: FormulaAnswer['trial']
  /** Chooses the card. */
  choose: ReactNode
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = (value: unknown, field: Pick<Field, 'type'> & Partial<Field>) =>
    valueText(value, field as Field, { t, language, names: NO_NAMES }) || t('objects.formula.empty')
  return (
    <>
      <span>{t('objects.formula.gives', { type: t(`objects.types.${type}`) })}</span>
      {trial ? (
        <>
          <div className={classes.on}>
            {t('objects.formula.tryOn')} {choose}
          </div>
          <dl className={classes.given}>
            {Object.entries(trial.given).map(([key, value]) => {
              const field = object.fields.find((one) => one.key === key)
              return field ? <Pair key={key} name={field.label[language]} value={text(value, field)} /> : null
            })}
            <Pair name={t('objects.formula.result')} value={text(trial.value, { type })} isResult />
          </dl>
          {trial.value === null && <span>{t('objects.formula.whyEmpty')}</span>}
        </>
      ) : (
        <span>{t('objects.formula.noCard')}</span>
      )}
    </>
  )
}

function Pair({ name, value, isResult = false }: { name: string; value: string; isResult?: boolean }) {
  return (
    <div data-result={isResult}>
      <dt>{name}</dt>
      <dd className="okno-numbers">{value}</dd>
    </div>
  )
}
