import { Button, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCloudOff, IconFileOff, IconLock, IconMoodEmpty } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, isAway } from './api.ts'
import { problemText } from './problem-text.ts'

interface StateScreenProps {
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>
  title: string
  text?: string
  children?: ReactNode
  role?: 'alert' | 'status'
}

/** A screen that has nothing to show but what to do next. */
export function StateScreen({ icon: Icon, title, text, children, role }: StateScreenProps) {
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" h="100%" ta="center" {...(role ? { role } : {})}>
      <ThemeIcon variant="light" color="gray" size={48} radius="xl" aria-hidden>
        <Icon size={26} stroke={1.5} />
      </ThemeIcon>
      <Title order={2} fz="md">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" fz="sm" maw={360}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}

export function EmptyState(props: Omit<StateScreenProps, 'icon' | 'role'> & { icon?: StateScreenProps['icon'] }) {
  return <StateScreen icon={IconMoodEmpty} {...props} />
}

/** Shown only after a moment: what comes at once must not flicker. */
export function LoadingState() {
  const { t } = useTranslation()
  return (
    <Stack align="center" justify="center" h="100%" p="xl">
      <Loader size="sm" role="status" aria-label={t('states.loading')} />
    </Stack>
  )
}

/** Of a thing with an address of its own: what is said when that leads to nothing, and the way to all such things. */
export interface Missing {
  readonly title: string
  readonly to: string
  /** Words of that way. */
  readonly back: string
}

/**
 * Forbidden and not there say so and offer no retry; everything else offers one. What was not read because Okno was away comes by itself, and says so.
 */
export function ErrorState({ error, onRetry, missing }: { error: unknown; onRetry?: () => void; missing?: Missing }) {
  const { t } = useTranslation()
  if (error instanceof ApiProblem && error.problem.status === 403) return <ForbiddenState />
  if (error instanceof ApiProblem && error.problem.status === 404)
    return missing ? (
      <MissingState {...missing} />
    ) : (
      <StateScreen icon={IconFileOff} role="alert" title={problemText(t, error)} />
    )
  const requestId = error instanceof ApiProblem ? error.problem.requestId : undefined
  return (
    <StateScreen icon={IconCloudOff} role="alert" title={t('states.failed')} text={failureText(t, error)}>
      {requestId && (
        <Text fz="xs" c="dimmed" className="okno-numbers">
          {t('states.requestId', { id: requestId })}
        </Text>
      )}
      {onRetry && (
        <Button variant="light" size="xs" onClick={onRetry}>
          {t('states.retry')}
        </Button>
      )}
    </StateScreen>
  )
}

/** Why something could not be read; `inShort` for a line among others. */
export function failureText(t: TFunction, error: unknown, inShort?: 'inShort'): string {
  if (!isAway(error)) return problemText(t, error)
  const kind = error instanceof ApiProblem && error.problem.status === 0 ? 'cutOff' : 'away'
  return t(`states.${kind}${inShort ? 'InShort' : ''}`)
}

/** The address leads to nothing: deleted meanwhile, or mistyped. */
export function MissingState({ title, to, back }: Missing) {
  const { t } = useTranslation()
  return (
    <StateScreen icon={IconFileOff} role="alert" title={title} text={t('states.missingText')}>
      <Button component={Link} to={to} variant="light" size="xs">
        {back}
      </Button>
    </StateScreen>
  )
}

export function ForbiddenState() {
  const { t } = useTranslation()
  return <StateScreen icon={IconLock} title={t('states.forbidden')} text={t('states.forbiddenText')} />
}
