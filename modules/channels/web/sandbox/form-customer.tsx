import { Button, Group, Text } from '@mantine/core'
import { IconExternalLink, IconReload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountWire } from '../channels-api.ts'
import { IntakeTrouble } from './intake-trouble.tsx'
import classes from './sandbox.module.css'

/** Somebody who fills in the hosted form. */
export function FormCustomer({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const [run, setRun] = useState(0)
  const address = `/f/${account.key}?page=${encodeURIComponent(window.location.href)}`
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text fz="sm" c="dimmed" flex="1 1 240px">
          {t('channels.sandbox.formText')}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" leftSection={<IconReload size={14} />} onClick={() => setRun(run + 1)}>
            {t('channels.sandbox.formAgain')}
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
      <IntakeTrouble account={account} kind="form" />
      <iframe key={run} className={classes.frame} src={address} title={account.name} />
    </>
  )
}
