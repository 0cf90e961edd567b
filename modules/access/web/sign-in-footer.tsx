import { Group, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Locale, locales, setLocale } from '#platform/web'
import classes from './sign-in.module.css'

const NAMES: Record<Locale, string> = { ru: 'Русский', en: 'English' }

/** The language can be changed before anybody is known. */
export function SignInFooter() {
  const { i18n } = useTranslation()
  return (
    <Group gap="md" justify="center">
      {locales.map((locale) => (
        <UnstyledButton
          key={locale}
          lang={locale}
          className={classes.language ?? ''}
          aria-pressed={i18n.language === locale}
          onClick={() => void setLocale(locale)}
        >
          {NAMES[locale]}
        </UnstyledButton>
      ))}
    </Group>
  )
}
