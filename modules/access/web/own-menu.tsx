import { Indicator, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCoffee, IconLogout, IconPlayerPlay, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Initials, notify, problemText } from '#platform/web'
import { useChangeMe, useMe, useSignOut } from './access-api.ts'

/** Myself at the foot of the navigation: present or away, profile, sign out. */
export function OwnMenu() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { operator } = useMe()
  const change = useChangeMe()
  const signOut = useSignOut()
  const isAvailable = operator.availability === 'available'
  const state = isAvailable ? t('access.available') : t('access.away')
  const toggle = () =>
    change.mutate(
      { availability: isAvailable ? 'away' : 'available' },
      { onError: (error) => void notify(problemText(t, error), 'bad') },
    )
  return (
    <Menu position="right-end" width={240}>
      <Menu.Target>
        <UnstyledButton p={6}>
          <Indicator color={isAvailable ? 'teal' : 'gray'} position="bottom-end" size={10} offset={4} withBorder>
            <Initials id={operator.id} name={operator.name} size={32} />
          </Indicator>
          {/* Not a label: a label would have to begin with the letters that are seen. */}
          <VisuallyHidden>{t('access.ownMenu', { name: operator.name, state })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} fz="sm" c="var(--mantine-color-text)">
            {operator.name}
          </Text>
          {t(`access.roles.${operator.role}`)} · {state}
        </Menu.Label>
        <Menu.Item leftSection={isAvailable ? <IconCoffee size={16} /> : <IconPlayerPlay size={16} />} onClick={toggle}>
          {isAvailable ? t('access.goAway') : t('access.comeBack')}
        </Menu.Item>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => void navigate({ to: '/settings/profile' })}>
          {t('access.profile.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t('access.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
