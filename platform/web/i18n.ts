import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './locales/en.json?url&no-inline'
import ru from './locales/ru.json?url&no-inline'
import { readPreference, writePreference } from './preferences.ts'

export const locales = ['ru', 'en'] as const
export type Locale = (typeof locales)[number]

interface Texts {
  [key: string]: string | Texts
}
/** Addresses of the texts of one folder. They are data, not script: fetched at start, and only in the language that is read. */
export type LocaleFiles = Record<Locale, string>

const isLocale = (value: string | null | undefined): value is Locale => value === 'ru' || value === 'en'

/** The language of the last visit, else the browser's, else English. */
export const firstLocale = (): Locale => {
  const kept = readPreference('locale')
  if (isLocale(kept)) return kept
  return navigator.languages.some((language) => language.startsWith('ru')) ? 'ru' : 'en'
}

let frameTexts: LocaleFiles | undefined
let moduleTexts: Record<string, LocaleFiles> = {}

const ownTexts: LocaleFiles = { ru, en }

async function fetchTexts(address: string): Promise<Texts> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`Texts not loaded: ${address}`)
  // Built from the files that the translation check reads.
  return (await answer.json()) as Texts
}

async function loadTexts(locale: Locale) {
  if (i18next.hasResourceBundle(locale, 'translation')) return
  const parts = Object.entries(moduleTexts).map(
    async ([name, files]) => [name, await fetchTexts(files[locale])] as const,
  )
  const own = [ownTexts, frameTexts].flatMap((files) => (files ? [fetchTexts(files[locale])] : []))
  const texts = Object.assign({}, ...(await Promise.all(own)), Object.fromEntries(await Promise.all(parts)))
  i18next.addResourceBundle(locale, 'translation', texts)
}

/** Prepares the texts: those of platform and frame stand at the top (`common.save`), a module's under its name (`inbox.reply.send`). */
export async function startI18n(frame: LocaleFiles, modules: Record<string, LocaleFiles>): Promise<void> {
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
