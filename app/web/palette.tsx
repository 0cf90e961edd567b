import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, type CommandSource, useSlot } from '#platform/web'
import classes from './shell.module.css'

interface PaletteProps {
  /** What was typed while the palette was still on its way. */
  takeKeys: () => string
  onClose: () => void
}

/** Finds any person, conversation or command: each module answers for its own. */
export default function Palette({ takeKeys, onClose }: PaletteProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const sources = useSlot('commands')
  useEffect(() => {
    spotlight.open()
  }, [])
  return (
    <Spotlight.Root
      query={words}
      onQueryChange={setWords}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { 'aria-label': t('shell.search') } }}
      clearQueryOnClose={false}
      scrollable
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      maxHeight={420}
      size={600}
    >
      <Spotlight.Search
        autoFocus
        onFocus={() => setWords((words) => words + takeKeys())}
        className={classes.paletteSearch ?? ''}
        placeholder={t('shell.palettePlaceholder')}
        aria-label={t('shell.search')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {sources.map((source) => (
          <Commands key={source.id} source={source} words={words.trim()} />
        ))}
        {words.length === 1 && <Spotlight.Empty>{t('shell.paletteHint')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Commands({ source, words }: { source: CommandSource; words: string }) {
  const commands = source.useCommands(words)
  const groups = Map.groupBy(commands, ({ group }) => group)
  return [...groups].map(([group, lines]) => (
    <Spotlight.ActionsGroup key={group} label={group}>
      {lines.map((command) => (
        <Line key={command.id} command={command} />
      ))}
    </Spotlight.ActionsGroup>
  ))
}

function Line({ command: { label, description, icon: Icon, run } }: { command: Command }) {
  return (
    <Spotlight.Action
      label={label}
      {...(description ? { description } : {})}
      onClick={run}
      leftSection={Icon ? <Icon size={18} /> : undefined}
    />
  )
}
