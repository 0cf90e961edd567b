import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const LANGUAGES = ['en', 'ru'] as const
type Language = (typeof LANGUAGES)[number]
type Texts = ReadonlyMap<string, string>

const PLURAL = /_(zero|one|two|few|many|other)$/
/** Whole numbers up to here show every plural form that a language has for them. */
const ENOUGH_NUMBERS = 200

const tree: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), tree])))
interface Tree {
  [key: string]: string | Tree
}

function readTexts(file: string): Texts {
  return new Map(flatten(tree.parse(JSON.parse(readFileSync(file, 'utf8')))))
}

const flatten = (texts: Tree, prefix = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )

const baseOf = (key: string) => key.replace(PLURAL, '')
const formsFor = (language: Language) => {
  const rules = new Intl.PluralRules(language)
  return new Set(Array.from({ length: ENOUGH_NUMBERS }, (_, n) => rules.select(n)))
}
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*-?\s*(\w+)/g)]
    .map((match) => match[1])
    .sort()
    .join(', ')

/** What is missing in one folder of `locales`: both languages have the same keys, every plural form, the same values to fill in. */
function checkFolder(folder: string): string[] {
  const missing = LANGUAGES.filter((language) => !existsSync(path.join(folder, `${language}.json`)))
  if (missing.length > 0) return missing.map((language) => `${folder}/${language}.json is missing`)
  const texts = { en: readTexts(path.join(folder, 'en.json')), ru: readTexts(path.join(folder, 'ru.json')) }
  return LANGUAGES.flatMap((language) => [
    ...[...texts[language]]
      .filter(([, text]) => text.trim() === '')
      .map(([key]) => `${folder}/${language}.json: "${key}" is empty`),
    ...checkAgainst(folder, language, texts),
  ])
}

function checkAgainst(folder: string, language: Language, texts: Record<Language, Texts>): string[] {
  const mine = texts[language]
  const other = texts[language === 'en' ? 'ru' : 'en']
  const file = `${folder}/${language}.json`
  // "too_many" is no plural: a counted text has a form for one.
  const isPlural = (key: string) =>
    PLURAL.test(key) && (mine.has(`${baseOf(key)}_one`) || other.has(`${baseOf(key)}_one`))
  const plurals = new Set([...mine.keys(), ...other.keys()].filter(isPlural).map(baseOf))
  return [
    ...[...other.keys()].filter((key) => !isPlural(key) && !mine.has(key)).map((key) => `${file}: "${key}" is missing`),
    ...[...plurals].flatMap((base) =>
      [...formsFor(language)]
        .filter((form) => !mine.has(`${base}_${form}`))
        .map((form) => `${file}: "${base}_${form}" is missing`),
    ),
    ...[...mine]
      .filter(
        ([key, text]) => !isPlural(key) && other.has(key) && placeholders(text) !== placeholders(other.get(key) ?? ''),
      )
      .map(([key]) => `${file}: "${key}" is filled in with other values than in the other language`),
  ]
}

const USE = /(?:\bt\(|\bi18nKey=\{?)\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`]+)`)/g

/** Keys as code writes them: those of the platform and the frame as they stand, a module's after its name. */
function knownKeys(folders: readonly string[]): ReadonlySet<string> {
  return new Set(
    folders.flatMap((folder) => {
      const name = /^modules\/([^/]+)\//.exec(folder)?.[1]
      const keys = [...readTexts(path.join(folder, 'en.json')).keys()].flatMap((key) => [key, baseOf(key)])
      return name ? keys.map((key) => `${name}.${key}`) : keys
    }),
  )
}

/** Calls of `t` whose key no language file has. A key with a computed end counts as known when any key begins like it. */
function findUnknownUses(known: ReadonlySet<string>): string[] {
  const files = globSync('{app,platform,modules}/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file))
  return files.sort().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(USE)].flatMap(([, single, double, template]) => {
      const literal = single ?? double
      if (literal !== undefined) return known.has(literal) ? [] : [`${file}: no text for "${literal}"`]
      const start = (template ?? '').split('${')[0] ?? ''
      return start === '' || [...known].some((key) => key.startsWith(start))
        ? []
        : [`${file}: no text begins with "${start}"`]
    }),
  )
}

const folders = [
  ...new Set(globSync('{app,platform,modules}/**/locales/{en,ru}.json').map((file) => path.dirname(file))),
].sort()
const broken = folders.flatMap(checkFolder)
const complaints = broken.length > 0 ? broken : findUnknownUses(knownKeys(folders))
for (const complaint of complaints) console.log(complaint)
process.exit(complaints.length > 0 ? 1 : 0)
