import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readPreference, writePreference } from './preferences.ts'

export const locales = ['ru', 'en'] as const
export type Locale = (typeof locales)[number]

interface Texts {
  [key: string]: string | Texts
}
/** Texts of one folder, loaded only in the language that is read. */
export type LocaleLoaders = Record<Locale, () => Promise<{ default: Texts }>>

const isLocale = (value: string | null | undefined): value is Locale => value === 'ru' || value === 'en'

/** The language of the last visit, else the browser's, else English. */
export const firstLocale = (): Locale => {
  const kept = readPreference('locale')
  if (isLocale(kept)) return kept
  return navigator.languages.some((language) => language.startsWith('ru')) ? 'ru' : 'en'
}

let frameTexts: LocaleLoaders | undefined
let moduleTexts: Record<string, LocaleLoaders> = {}

const ownTexts: LocaleLoaders = {
  ru: () => import('./locales/ru.json'),
  en: () => import('./locales/en.json'),
}

async function loadTexts(locale: Locale) {
  if (i18next.hasResourceBundle(locale, 'translation')) return
  const parts = Object.entries(moduleTexts).map(async ([name, load]) => [name, (await load[locale]()).default] as const)
  const [platform, frame, ...modules] = await Promise.all([ownTexts[locale](), frameTexts?.[locale](), ...parts])
  const texts = { ...platform.default, ...frame?.default, ...Object.fromEntries(modules) }
  i18next.addResourceBundle(locale, 'translation', texts)
}

/** Prepares the texts: those of platform and frame stand at the top (`common.save`), a module's under its name (`inbox.reply.send`). */
export async function startI18n(frame: LocaleLoaders, modules: Record<string, LocaleLoaders>): Promise<void> {
  frameTexts = frame
  moduleTexts = modules
  await i18next.use(initReactI18next).init({
    lng: firstLocale(),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await setLocale(firstLocale())
}

/** Changes the language of the whole window at once and remembers it in this browser. */
export async function setLocale(locale: Locale): Promise<void> {
  await loadTexts(locale)
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
  writePreference('locale', locale)
}
