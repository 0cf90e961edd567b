import type { DateOrder, ImportColumn, ImportTarget } from '../../contract/index.ts'
import { HEADINGS, headingForm, NOT_OWN } from './mapping-words.ts'
import { presetTarget, recognisePreset } from './presets/recognise.ts'
import type { FileHead } from './read-file.ts'
import { dateOrderOf, kindOf, type ValueKind } from './value-kinds.ts'

/** What this workspace did with a heading before; `target` null = it was left out. */
export interface KnownHeading {
  readonly target: string | null
  readonly dates: DateOrder | null
}

const EXAMPLES = 5
const EXAMPLE_LENGTH = 120

/** What a kind of values fills when its heading says nothing. */
const BY_KIND: Readonly<Record<string, Partial<Record<ValueKind, string>>>> = {
  person: { email: 'emails', phone: 'phones' },
  company: { inn: 'inn', url: 'site' },
}

/**
 * Columns with the fields that they probably fill. What somebody chose for the same heading before goes first, then what an export of a known product
 * means, then the heading's words, then what the values look like. A field that takes one column is given to the first of them that is not empty.
 */
export function suggestMapping(
  object: string,
  { names, rows }: FileHead,
  targets: readonly ImportTarget[],
  known: ReadonlyMap<string, KnownHeading>,
): { columns: ImportColumn[]; preset: string | null } {
  const preset = recognisePreset(names)
  const guesses = names.map((name, i) => {
    const values = rows.map((row) => row[i] ?? '')
    const found = guess(object, name, values, { targets, known, preset })
    return { name, values, why: found.why, target: targets.find(({ key }) => key === found.target) }
  })
  const holds = (at: number, { key }: ImportTarget) => {
    const same = guesses.flatMap(({ target, values }, i) => (target?.key === key ? [{ i, values }] : []))
    const holder = same.find(({ values }) => values.some((value) => value !== '')) ?? same[0]
    return holder?.i === at
  }
  const columns = guesses.map(({ name, values, why, target }, i): ImportColumn => {
    const isFree = target && (target.isMany || holds(i, target))
    const isDate = isFree && (target.type === 'date' || target.type === 'datetime')
    return {
      name,
      examples: [...new Set(values.filter((value) => value !== ''))]
        .slice(0, EXAMPLES)
        .map((value) => value.slice(0, EXAMPLE_LENGTH)),
      target: isFree ? target.key : null,
      dates: isDate ? (known.get(headingForm(name))?.dates ?? dateOrderOf(values)) : null,
      why: isFree ? why : null,
    }
  })
  return { columns, preset: preset ?? null }
}

interface Known {
  readonly targets: readonly ImportTarget[]
  readonly known: ReadonlyMap<string, KnownHeading>
  readonly preset: string | undefined
}

function guess(
  object: string,
  name: string,
  values: readonly string[],
  { targets, known, preset }: Known,
): { target: string | null; why: ImportColumn['why'] } {
  const form = headingForm(name)
  const remembered = known.get(form)
  if (remembered) return { target: remembered.target, why: 'memory' }
  const meant = presetTarget(preset, object, name)
  if (meant !== undefined) return { target: meant, why: 'preset' }
  if (NOT_OWN.has(form)) return { target: null, why: 'name' }
  const words = HEADINGS[object] ?? {}
  const kind = kindOf(values)
  const isCalled = ({ label }: ImportTarget) => headingForm(label.ru) === form || headingForm(label.en) === form
  // A field that the company described itself is meant before a word that Okno knows.
  const byName =
    targets.find(({ key }) => key === name.trim()) ??
    targets.find((target) => target.key.startsWith('custom.') && isCalled(target)) ??
    targets.find(({ key }) => words[key]?.includes(form)) ??
    targets.find(isCalled)
  const full = byName?.key === 'firstName' && looksFull(values) ? targets.find(({ key }) => key === 'name') : byName
  if (full && fits(full, kind)) return { target: full.key, why: 'name' }
  return { target: (kind && BY_KIND[object]?.[kind]) ?? null, why: 'values' }
}

/** A heading that says e-mail above a column of phones is not believed. */
const fits = ({ key }: ImportTarget, kind: ValueKind | null): boolean =>
  !(key === 'emails' && kind !== null && kind !== 'email') && !(key === 'phones' && kind === 'email')

/** "Имя" above whole names. */
function looksFull(values: readonly string[]): boolean {
  const given = values.filter((value) => value !== '')
  return (
    given.length > 0 && given.filter((value) => value.trim().split(/\s+/).length >= 2).length * 3 >= given.length * 2
  )
}

/** The field by which rows and cards are probably the same: an e-mail first, then a phone, then the company's own number. */
export function suggestKey(
  object: string,
  columns: readonly ImportColumn[],
  targets: readonly ImportTarget[],
): string | null {
  const order = object === 'person' ? ['id', 'emails', 'phones', 'externalIds'] : ['id', 'inn', 'name']
  const keys = targets.filter(({ isKey }) => isKey).map(({ key }) => key)
  const mapped = new Set(columns.flatMap(({ target }) => target ?? []))
  return [...order, ...keys].find((key) => keys.includes(key) && mapped.has(key)) ?? null
}
