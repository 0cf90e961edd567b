import { PasswordInput, Stack, Text } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ARCHIVE_KEPT_DAYS } from '#modules/exchange/contract'
import { CopyField, EmptyState, Form, Loaded, notify, Page, Rows, Section } from '#platform/web'
import { ArchiveRow } from './archive-row.tsx'
import { ArchiveUnderWay } from './archive-under-way.tsx'
import { archivesQuery, isUnderWay, useOrderArchive } from './archives-api.ts'

/** Everything of the company in one file: ordering it, taking it, who did so, and where it goes in again. */
export default function ArchiveSettings() {
  const { t } = useTranslation()
  const archives = useQuery(archivesQuery)
  const underWay = archives.data?.find(isUnderWay)
  return (
    <Page title={t('exchange.archive.title')} text={t('exchange.archive.text')}>
      <Stack gap={36}>
        {underWay ? <ArchiveUnderWay archive={underWay} /> : <OrderForm />}
        <Section title={t('exchange.archive.log')} text={t('exchange.archive.logText', { count: ARCHIVE_KEPT_DAYS })}>
          <Loaded
            query={archives}
            empty={
              <EmptyState icon={IconArchive} title={t('exchange.archive.none')} text={t('exchange.archive.noneText')} />
            }
          >
            {(items) => (
              <Rows label={t('exchange.archive.log')}>
                {items.map((archive) => (
                  <ArchiveRow key={archive.id} archive={archive} />
                ))}
              </Rows>
            )}
          </Loaded>
        </Section>
        <Section title={t('exchange.archive.into')} text={t('exchange.archive.intoText')}>
          <CopyField label={t('exchange.archive.command')} value="npm run workspace:import -- company.tar.zst" />
        </Section>
      </Stack>
    </Page>
  )
}

/** The password again: a window left open gives nothing away. */
function OrderForm() {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const order = useOrderArchive()
  return (
    <Form
      submit={t('exchange.archive.order')}
      onSubmit={() =>
        order.mutate(password, {
          onSuccess: () => {
            setPassword('')
            void notify(t('exchange.archive.ordered'))
          },
        })
      }
      isPending={order.isPending}
      isReady={password !== ''}
      error={order.error}
    >
      <Stack gap="md">
        <Text fz="sm" maw={620}>
          {t('exchange.archive.what')}
        </Text>
        <PasswordInput
          maw={420}
          label={t('exchange.archive.password')}
          description={t('exchange.archive.passwordHint')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </Stack>
    </Form>
  )
}
