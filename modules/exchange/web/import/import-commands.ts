import { IconFileImport } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'
import type { CommandSource } from '#platform/web'

/** Import, from the palette. */
export const importCommands: CommandSource = {
  id: 'imports',
  order: 60,
  useCommands: (words) => {
    const { t } = useTranslation()
    const navigate = useNavigate()
    const isOffered = useCan('exchange.import')
    const label = t('exchange.imports.command')
    if (!isOffered || words === '' || !label.toLowerCase().includes(words.toLowerCase())) return []
    return [
      {
        id: 'imports',
        label,
        group: t('exchange.title'),
        icon: IconFileImport,
        run: () => void navigate({ to: '/imports' }),
      },
    ]
  },
}
