import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Trial } from '#modules/customers/contract'

/** Where the thresholds would have put what people decided: joined rightly, joined wrongly, missed. */
export function TrialTable({ trial }: { trial: Trial }) {
  const { t, i18n } = useTranslation()
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <Table.ScrollContainer
      minWidth={480}
      type="native"
      // A scrolled region must be reachable by keyboard.
      tabIndex={0}
      role="region"
      aria-label={t('customers.matching.trial')}
    >
      <Table verticalSpacing={6} className="okno-numbers">
        <Table.Caption>{t('customers.matching.trialText')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('customers.matching.okno')}</Table.Th>
            <Table.Th ta="end">{t('customers.matching.merged')}</Table.Th>
            <Table.Th ta="end">{t('customers.matching.dismissed')}</Table.Th>
            <Table.Th ta="end">{t('customers.matching.agreed')}</Table.Th>
            <Table.Th ta="end">{t('customers.matching.open')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(['auto', 'review', 'no'] as const).map((pile) => {
            const { merged, dismissed, open } = trial[pile]
            const right = pile === 'no' ? dismissed : merged
            return (
              <Table.Tr key={pile}>
                <Table.Th scope="row" fw={400}>
                  {t(`customers.matching.piles.${pile}`)}
                </Table.Th>
                <Table.Td ta="end">{merged}</Table.Td>
                <Table.Td ta="end">{dismissed}</Table.Td>
                <Table.Td ta="end">
                  {merged + dismissed === 0 ? '–' : percent.format(right / (merged + dismissed))}
                </Table.Td>
                <Table.Td ta="end">{open}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
