import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice, notify, problemText } from '#platform/web'
import type { AccountWire } from '../channels-api.ts'
import { sandboxQuery, useAdoptAccount } from './sandbox-api.ts'

/** Says when the answers of an account do not come back here, and offers to lead them here. */
export function AnswersElsewhere({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const { data } = useQuery(sandboxQuery)
  const adopt = useAdoptAccount()
  if (!data || data.accounts.some(({ id }) => id === account.id)) return null
  return (
    <Notice>
      <Group justify="space-between" gap="sm">
        <Text fz="sm" flex="1 1 240px">
          {t('channels.sandbox.elsewhere', { name: account.name })}
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={adopt.isPending}
          onClick={() => adopt.mutate(account.id, { onError: (error) => void notify(problemText(t, error), 'bad') })}
        >
          {t('channels.sandbox.adopt')}
        </Button>
      </Group>
    </Notice>
  )
}
