import { Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { makingText, problemText } from './problem-text.ts'

/** A page with a heading, one sentence on what it is for, and what can be done with the whole of it. */
export function Page({
  title,
  text,
  actions,
  children,
  width = 860,
}: {
  title: ReactNode
  text?: string
  actions?: ReactNode
  children: ReactNode
  /** Pixels; lines of text and rows of tables must not run across a whole wide screen. */
  width?: number
}) {
  return (
    <Box maw={Math.max(width, 940)} mx="auto" px={{ base: 'md', sm: 'xl' }} py={{ base: 'md', sm: 'xl' }}>
      <Group justify="space-between" align="start" gap="sm" mb="lg">
        <Stack gap={4} flex="1 1 260px">
          <Title order={1} fz="xl">
            {title}
          </Title>
          {text && (
            <Text c="dimmed" fz="sm" maw={620}>
              {text}
            </Text>
          )}
        </Stack>
        {actions}
      </Group>
      <Box maw={width}>{children}</Box>
    </Box>
  )
}

/** A part of a page or form under a heading of its own. */
export function Section({
  id,
  title,
  text,
  children,
}: {
  /** For links that lead to it. */
  id?: string
  title: string
  text?: string
  children: ReactNode
}) {
  return (
    <Stack component="section" gap="sm" aria-label={title} {...(id ? { id } : {})}>
      <div>
        <Title order={2} fz="md">
          {title}
        </Title>
        {text && (
          <Text c="dimmed" fz="sm" maw={620}>
            {text}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}

/** A form with its button and what was wrong with the last try. */
export function Form({
  children,
  submit,
  onSubmit,
  isPending,
  isReady = true,
  error,
  actions,
  isForGood = false,
  isMaking = false,
}: {
  children: ReactNode
  /** Words on the button; "Save" by default. */
  submit?: string
  onSubmit: () => void
  isPending: boolean
  /** False while there is nothing to save. */
  isReady?: boolean
  error?: unknown
  /** Further buttons, behind the first. */
  actions?: ReactNode
  /** What it does is never taken back: the button warns by its colour too. */
  isForGood?: boolean
  /** Sent twice, it makes two: a lost answer is told with care. */
  isMaking?: boolean
}) {
  const { t } = useTranslation()
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={send}>
      <Stack gap="lg">
        {children}
        {error !== null && error !== undefined && (
          <Text c="var(--mantine-color-error)" fz="sm" role="alert">
            {isMaking ? makingText(t, error) : problemText(t, error)}
          </Text>
        )}
        <Group gap="sm">
          <Button type="submit" loading={isPending} disabled={!isReady} {...(isForGood ? { color: 'red.9' } : {})}>
            {submit ?? t('common.save')}
          </Button>
          {actions}
        </Group>
      </Stack>
    </form>
  )
}
