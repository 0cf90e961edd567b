import type { LocaleFiles } from '#platform/web'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'

/** Texts of the frame itself. */
export const ownLocales: LocaleFiles = { ru, en }
