import { Kbd, Modal, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const KEYS: readonly [name: string, ...keys: string[]][] = [
  ['find', 'Ctrl/⌘ K'],
  ['move', 'j', 'k'],
  ['answer', 'r', 'Enter'],
  ['note', 'n'],
  ['assign', 'a'],
  ['snooze', 's'],
  ['close', 'e'],
  ['snippets', '/'],
  ['send', 'Ctrl/⌘ Enter'],
  ['sendAndClose', 'Ctrl/⌘ Shift Enter'],
  ['help', '?'],
]

/** All keys of the window. They sleep while something is being typed. */
export default function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('inbox.keys.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(([name, ...keys]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`inbox.keys.${name}`)}</Table.Td>
              <Table.Td ta="right">
                {keys.map((key) => (
                  <Kbd key={key} ml={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
