import { Stack, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { notify, problemText } from '#platform/web'
import type { AccountWire } from '../channels-api.ts'
import { IncomingTrouble } from './incoming-trouble.tsx'
import classes from './sandbox.module.css'
import { sandboxQuery, useSetFaults } from './sandbox-api.ts'

/** What happens to everything that comes by one chat or form, until it is changed here. */
export function IntakeTrouble({ account, kind }: { account: AccountWire; kind: 'webchat' | 'form' }) {
  const { t } = useTranslation()
  const { data } = useQuery(sandboxQuery)
  const set = useSetFaults()
  const known = data?.intake.find(({ accountId }) => accountId === account.id)
  const asked = set.isPending ? set.variables.intake : undefined
  const { duplicates = 0, delayMs = 0, isDown = false } = asked ?? known ?? {}
  const trouble = { duplicates, delayMs, isDown }
  const change = (changed: Partial<typeof trouble>) =>
    set.mutate(
      { intake: { ...trouble, ...changed, accountId: account.id } },
      { onError: (error) => void notify(problemText(t, error), 'bad') },
    )
  return (
    <Stack gap="md" className={classes.trouble ?? ''}>
      <IncomingTrouble trouble={trouble} onChange={change} />
      <Switch
        label={t('channels.sandbox.down')}
        description={t(`channels.sandbox.downHint.${kind}`)}
        checked={trouble.isDown}
        onChange={(event) => change({ isDown: event.currentTarget.checked })}
      />
    </Stack>
  )
}
