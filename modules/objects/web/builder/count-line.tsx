import { Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#platform/shared/objects/condition'
import type { Label } from '#platform/shared/objects/object'
import { problemText } from '#platform/web'
import { countQuery } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import classes from './builder.module.css'

/** Typing goes on for this long before the next count is asked for. */
const ASK_AFTER_MS = 300

/** How many a condition finds, counted anew as it changes. */
export function CountLine({ object, condition, label }: { object: string; condition: Condition; label: Label }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asked] = useDebouncedValue(condition, ASK_AFTER_MS)
  const { data, error, isFetching } = useQuery(countQuery(object, asked))
  const count = data?.count.toLocaleString(language) ?? '…'
  return (
    <Text size="sm" role="status" className={classes.count ?? ''} data-stale={isFetching}>
      {error
        ? problemText(t, error)
        : t(`objects.builder.count.${data?.precision ?? 'exact'}`, {
            name: label[language],
            count,
            interpolation: { escapeValue: false },
          })}
    </Text>
  )
}
