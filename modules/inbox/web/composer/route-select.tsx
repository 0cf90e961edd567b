import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isUuid } from '#platform/shared/ids'
import type { ReplyRoute } from '../inbox-api.ts'
import { ChannelIcon } from '../queue/channel-icon.tsx'
import classes from './composer.module.css'

interface RouteSelectProps {
  routes: readonly ReplyRoute[]
  route: ReplyRoute | null
  onChoose: (accountId: string) => void
}

/** By which account the answer goes: that of the customer's last message, or another one on purpose. */
export function RouteSelect({ routes, route, onChoose }: RouteSelectProps) {
  const { t } = useTranslation()
  if (!route) return null
  const address = readable(route)
  const name = address ? t('inbox.via.to', { name: route.name, address }) : route.name
  return (
    <Menu disabled={routes.length < 2} position="top-end">
      <Menu.Target>
        <UnstyledButton
          className={classes.route ?? ''}
          aria-label={t('inbox.via.title', { name })}
          title={t('inbox.via.title', { name })}
        >
          <ChannelIcon kind={route.kind} />
          <span className="okno-clip">{name}</span>
          {routes.length > 1 && <IconChevronDown size={13} aria-hidden />}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {routes.map((each) => (
          <Menu.Item
            key={each.accountId}
            leftSection={<ChannelIcon kind={each.kind} />}
            disabled={!each.allowed}
            fw={each === route ? 600 : 400}
            onClick={() => onChoose(each.accountId)}
          >
            {each.name}
            {readable(each) && <div style={{ color: 'var(--mantine-color-dimmed)' }}>{readable(each)}</div>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Where an answer goes, when people can read it: the id of a visitor says nothing to anybody. */
const readable = ({ address }: ReplyRoute) => (address && !isUuid(address) ? address : null)
