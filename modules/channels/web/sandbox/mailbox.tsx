import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCornerUpLeft, IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, givesWay, LoadingState, Moment } from '#platform/web'
import classes from './sandbox.module.css'
import { type MailWire, mailboxQuery } from './sandbox-api.ts'

/** Mail that Okno sent to one address, the newest first. */
export function Mailbox({ of, onReply }: { of: string; onReply: (mail: MailWire) => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(mailboxQuery)
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  const mails = data.filter(({ to }) => to.some((address) => address.toLowerCase() === of.trim().toLowerCase()))
  if (mails.length === 0) return <EmptyState icon={IconMail} title={t('channels.sandbox.noMail')} />
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {mails.map((mail) => (
        <li key={mail.messageId + mail.at} className={classes.mail}>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text fz="sm" fw={600} className="okno-clip">
              {mail.fromName || mail.from}
            </Text>
            <Text fz="xs" c="dimmed">
              <Moment at={mail.at} />
            </Text>
          </Group>
          <Text fz="sm">{mail.subject || t('channels.sandbox.noSubject')}</Text>
          <div className={classes.mailText}>{mail.text}</div>
          {mail.files.length > 0 && (
            <Text fz="xs" c="dimmed">
              {t('channels.sandbox.files', { names: mail.files.join(', ') })}
            </Text>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCornerUpLeft size={14} />}
            onClick={() => onReply(mail)}
          >
            {t('channels.sandbox.reply')}
          </Button>
        </li>
      ))}
    </Stack>
  )
}
