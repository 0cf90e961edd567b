import type { DateOrder, FieldProposal, NewFieldType } from '../../contract/index.ts'
import { dateOrderOf } from './value-kinds.ts'
import { readDate } from './values/dates.ts'
import { numberIn, yesOrNoIn } from './values/read-value.ts'

/** More different values than this are no choice that somebody could look through. */
const MOST_CHOICES = 50
/** So few are proposed as one, if each stands in two rows on average at least. */
const FEW_CHOICES = 20
const LONGEST_CHOICE = 100
const LONGEST_TEXT = 200
/** The order of dates is told by the first so many. */
const FOR_ORDER = 500
/** More digits are a number of something, and JSON cannot hold it. */
const MOST_DIGITS = 15

/** What a column without a field may hold, by the values of its rows. */
export function proposeField(
  label: string,
  cells: Iterable<string>,
): Omit<FieldProposal, 'column'> & { dates: DateOrder | null } {
  const values = [...cells].filter((cell) => cell !== '')
  const once = new Map<string, string>()
  for (const value of values)
    if (once.size <= MOST_CHOICES) once.set(value.toLowerCase(), once.get(value.toLowerCase()) ?? value)
  const order = dateOrderOf(values.slice(0, FOR_ORDER))
  const looks: Record<NewFieldType, boolean> = {
    boolean: once.size <= 2 && values.every((value) => yesOrNoIn(value) !== null),
    number: values.every(isNumber),
    date: values.every((value) => readDate(value, order) !== null),
    choice: once.size <= MOST_CHOICES && values.every((value) => value.length <= LONGEST_CHOICE),
    text: values.every((value) => value.length <= LONGEST_TEXT && !value.includes('\n')),
    long_text: true,
  }
  const isGiven = values.length > 0
  const isFew = once.size <= FEW_CHOICES && once.size * 2 <= values.length
  const fits = (Object.keys(looks) as NewFieldType[]).filter((type) =>
    isGiven ? looks[type] : type === 'text' || type === 'long_text',
  )
  const type = fits.find((one) => one !== 'choice' || isFew) ?? 'long_text'
  const options = isGiven && looks.choice ? [...once.values()].toSorted((a, b) => a.localeCompare(b, 'ru')) : []
  return { label, type, fits, options, rows: values.length, dates: looks.date ? order : null }
}

/** `007` and +7… are numbers of something, not amounts. */
const isNumber = (text: string): boolean =>
  'value' in numberIn(text) && !/^(\+|0\d)/.test(text) && text.replaceAll(/\D/g, '').length <= MOST_DIGITS
