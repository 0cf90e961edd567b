import { List, ThemeIcon } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Condition, innerParts } from '#platform/shared/objects/condition'
import { say } from '#platform/shared/objects/sentence'
import { ErrorState, givesWay, LoadingState } from '#platform/web'
import { useDescribe, whyQuery } from './objects-api.ts'
import { useLanguage } from './use-language.ts'

interface WhyListProps {
  object: string
  condition: Condition
  /** Of the one that is asked about. */
  id: string
}

/** Why one object is among those that a condition finds, or is not: each part in words, with its answer. */
export default function WhyList({ object, condition, id }: WhyListProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const describe = useDescribe()
  const { data, error, refetch } = useQuery(whyQuery(object, condition, id))
  const scope = describe?.(object)
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data || !scope || !describe) return <LoadingState />
  const answers = new Map(data.parts.map(({ pointer, isTrue }) => [pointer, isTrue]))
  return (
    <List spacing={6} size="sm" aria-label={t('objects.why.title')} listStyleType="none">
      {leavesOf(condition).map(({ part, pointer }) => {
        const isTrue = answers.get(pointer) ?? false
        return (
          <List.Item
            key={pointer}
            icon={
              <ThemeIcon size={18} radius="xl" variant="light" color={isTrue ? 'teal' : 'gray'}>
                {isTrue ? <IconCheck size={12} /> : <IconX size={12} />}
              </ThemeIcon>
            }
          >
            {t(isTrue ? 'objects.why.yes' : 'objects.why.no', {
              part: say(part, scope, { describe, language }),
              interpolation: { escapeValue: false },
            })}
          </List.Item>
        )
      })}
    </List>
  )
}

/** Parts that are no groups of "all" or "any", with their places; "not" is said together with what it turns round. */
function leavesOf(part: Condition, pointer = ''): { part: Condition; pointer: string }[] {
  if (!('all' in part || 'any' in part)) return [{ part, pointer }]
  return innerParts(part).flatMap(({ part: inner, steps }) => leavesOf(inner, `${pointer}/${steps.join('/')}`))
}
