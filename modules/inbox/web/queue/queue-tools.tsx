import { ActionIcon, Indicator, Menu, Pill, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconArrowsSort, IconFilter, IconSearch, IconTable, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { teamsQuery } from '#modules/access/web'
import { tagsQuery } from '../inbox-api.ts'
import { LIST_PATH, useInboxAddress } from '../use-inbox-address.ts'
import { useChannelName } from './channel-icon.tsx'
import classes from './queue.module.css'

const CHANNELS = ['email', 'webchat', 'form', 'api']
const SEARCH_AFTER_MS = 250

/** Search, filters and order of the queue; what is chosen stands below as chips that can be taken off. */
export function QueueTools() {
  const { t } = useTranslation()
  const { query, change } = useInboxAddress()
  const { data: teams = [] } = useQuery(teamsQuery)
  const channelName = useChannelName()
  const { channel, teamId, tag } = query.filter
  const chips = [
    channel && { key: 'channel' as const, label: channelName(channel) },
    teamId && { key: 'team' as const, label: teams.find(({ id }) => id === teamId)?.name ?? t('inbox.filter.team') },
    tag && { key: 'tag' as const, label: `#${tag}` },
  ].filter((chip) => typeof chip === 'object')
  const other = query.sort === 'due' ? 'recent' : 'due'
  return (
    <>
      <div className={classes.tools}>
        <SearchBox />
        <Filters hasAny={chips.length > 0} />
        <Tooltip label={t(`inbox.sort.${query.sort}`)}>
          <ActionIcon
            aria-label={t('inbox.sort.change', { order: t(`inbox.sort.${query.sort}`) })}
            onClick={() => change({ sort: other })}
          >
            <IconArrowsSort size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('inbox.list.title')}>
          <ActionIcon component={Link} to={LIST_PATH} aria-label={t('inbox.list.title')}>
            <IconTable size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
      {chips.length > 0 && (
        <div className={classes.chips}>
          {chips.map(({ key, label }) => (
            <Pill
              key={key}
              withRemoveButton
              onRemove={() => change({ [key]: undefined })}
              removeButtonProps={{ 'aria-label': t('inbox.filter.remove', { label }), 'aria-hidden': false }}
            >
              {label}
            </Pill>
          ))}
        </div>
      )}
    </>
  )
}

function SearchBox() {
  const { t } = useTranslation()
  const { query, change } = useInboxAddress()
  const [words, setWords] = useState(query.q)
  const asked = useRef(query.q)
  const ask = useDebouncedCallback((q: string) => {
    asked.current = q
    change({ q: q === '' ? undefined : q }, { replace: true })
  }, SEARCH_AFTER_MS)
  useEffect(() => {
    // The address changed by itself (back, a link): the box follows it.
    if (query.q !== asked.current) setWords(query.q)
    asked.current = query.q
  }, [query.q])
  const type = (value: string) => {
    setWords(value)
    ask(value)
  }
  return (
    <TextInput
      size="xs"
      flex={1}
      type="search"
      value={words}
      onChange={(event) => type(event.currentTarget.value)}
      placeholder={t('inbox.queue.search')}
      aria-label={t('inbox.queue.search')}
      leftSection={<IconSearch size={14} />}
      rightSection={
        words !== '' && (
          <ActionIcon size="xs" aria-label={t('inbox.queue.clearSearch')} onClick={() => type('')}>
            <IconX size={13} />
          </ActionIcon>
        )
      }
    />
  )
}

function Filters({ hasAny }: { hasAny: boolean }) {
  const { t } = useTranslation()
  const { query, change } = useInboxAddress()
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: tags = [] } = useQuery(tagsQuery)
  const channelName = useChannelName()
  const { channel, teamId, tag } = query.filter
  return (
    <Menu closeOnItemClick={false} width={230}>
      <Menu.Target>
        <Tooltip label={t('inbox.filter.title')}>
          <Indicator disabled={!hasAny} size={7} offset={4}>
            <ActionIcon aria-label={t('inbox.filter.title')}>
              <IconFilter size={17} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('inbox.filter.channel')}</Menu.Label>
        {CHANNELS.map((kind) => (
          <Choice
            key={kind}
            label={channelName(kind)}
            isChosen={channel === kind}
            onChoose={(on) => change({ channel: on ? kind : undefined })}
          />
        ))}
        {teams.length > 0 && <Menu.Label>{t('inbox.filter.team')}</Menu.Label>}
        {teams.map(({ id, name }) => (
          <Choice
            key={id}
            label={name}
            isChosen={teamId === id}
            onChoose={(on) => change({ team: on ? id : undefined })}
          />
        ))}
        {tags.length > 0 && <Menu.Label>{t('inbox.filter.tag')}</Menu.Label>}
        {tags.map((name) => (
          <Choice
            key={name}
            label={`#${name}`}
            isChosen={tag === name}
            onChoose={(on) => change({ tag: on ? name : undefined })}
          />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Choice({
  label,
  isChosen,
  onChoose,
}: {
  label: string
  isChosen: boolean
  onChoose: (isOn: boolean) => void
}) {
  return (
    <Menu.Item
      role="menuitemcheckbox"
      aria-checked={isChosen}
      {...(isChosen ? { color: 'okno', fw: 600 } : {})}
      onClick={() => onChoose(!isChosen)}
    >
      {label}
    </Menu.Item>
  )
}
