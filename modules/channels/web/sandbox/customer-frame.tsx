import { Button, Group, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountWire } from '../channels-api.ts'
import { IntakeTrouble } from './intake-trouble.tsx'
import classes from './sandbox.module.css'

/** A page as the customer has it before their eyes, here and in a tab of its own, with the trouble it may meet. */
export function CustomerFrame({
  account,
  kind,
  text,
  title,
  address,
  again,
  run,
}: {
  account: AccountWire
  kind: 'webchat' | 'form'
  text: string
  /** Name of the frame for screen readers. */
  title: string
  address: string
  /** Button that begins anew. */
  again: { icon: ReactNode; label: string; onClick: () => void }
  /** Another one loads the page anew, also at the same address. */
  run: string | number
}) {
  const { t } = useTranslation()
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text fz="sm" c="dimmed" flex="1 1 240px">
          {text}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" leftSection={again.icon} onClick={again.onClick}>
            {again.label}
          </Button>
          <Button
            size="xs"
            variant="default"
            component="a"
            href={address}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={14} />}
          >
            {t('channels.sandbox.newTab')}
          </Button>
        </Group>
      </Group>
      <IntakeTrouble account={account} kind={kind} />
      <iframe key={run} className={classes.frame} src={address} title={title} />
    </>
  )
}
