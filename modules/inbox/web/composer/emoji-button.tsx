import { ActionIcon, Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './composer.module.css'

/** What people in service really use; the system's own picker has the rest. */
const EMOJIS = [
  ...'🙂😊😀😄😉😍🤗🤔😅😂🙃😌😢😔😮😬👋👍👌👏🙏💪🤝✌👇👆👉👈❤💚💙💛🔥✨🎉🎁🌟⭐☀🌷✅❌❗❓⚠⏳⏰📌📎📞📧📦🚚💳💰🧾🏠🔑🔧💡📷☕🍀',
].map((emoji) => (/[❤☀✌⚠]/u.test(emoji) ? `${emoji}\u{fe0f}` : emoji))

export function EmojiButton({ onChoose }: { onChoose: (emoji: string) => void }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus>
      <Popover.Target>
        <Tooltip label={t('inbox.composer.emoji')}>
          <ActionIcon aria-label={t('inbox.composer.emoji')} onClick={() => setOpen(!isOpen)}>
            <IconMoodSmile size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <div className={classes.emojis}>
          {EMOJIS.map((emoji) => (
            <UnstyledButton
              key={emoji}
              className={classes.emoji ?? ''}
              onClick={() => {
                setOpen(false)
                onChoose(emoji)
              }}
            >
              {emoji}
            </UnstyledButton>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
