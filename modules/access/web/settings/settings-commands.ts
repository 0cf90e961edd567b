import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Command, type CommandSource, useSlot } from '#platform/web'
import { useMe } from '../access-api.ts'

/** Settings pages by name. */
export const settingsCommands: CommandSource = {
  id: 'settings',
  order: 90,
  useCommands: (words) => {
    const { t } = useTranslation()
    const navigate = useNavigate()
    const { permissions } = useMe()
    const pages = useSlot('settingsPages')
    if (words === '') return []
    return pages
      .filter(({ permission }) => !permission || permissions.includes(permission))
      .map(
        ({ id, title, icon }): Command => ({
          id: `settings ${id}`,
          label: t(title),
          group: t('access.settings.title'),
          icon,
          run: () => void navigate({ to: `/settings/${id}` }),
        }),
      )
      .filter(({ label }) => label.toLocaleLowerCase().includes(words.toLocaleLowerCase()))
  },
}
