import type { LocaleLoaders } from '#platform/web'

/** Texts of the frame itself. */
export const ownLocales: LocaleLoaders = {
  ru: () => import('./locales/ru.json'),
  en: () => import('./locales/en.json'),
}
