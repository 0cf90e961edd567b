import { expect, test } from 'vitest'
import { readVcards } from './vcard.ts'

const cards = (text: string) => Array.fromAsync(readVcards(pieces(new TextEncoder().encode(text)), 'utf-8'))
async function* pieces(...bytes: Uint8Array[]) {
  yield* bytes
}
const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')

test('birthdays are read as each version writes them, and without the year that a phone makes up', async () => {
  const written = [
    'BDAY:19850415',
    'BDAY;VALUE=date-and-or-time:19850415T102200',
    'BDAY:1985-04-15T00:00:00Z',
    'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15',
    'BDAY:--0415',
  ]
  const read = await cards(written.map((line) => card('FN:A', line)).join(''))
  expect(read.map(({ Birthday }) => Birthday)).toEqual([
    '1985-04-15',
    '1985-04-15',
    '1985-04-15T00:00:00Z',
    '--04-15',
    '--0415',
  ])
})

test('a quoted line that goes on with a space keeps it', async () => {
  const [read] = await cards(card('FN;ENCODING=QUOTED-PRINTABLE:Anna=', ' Petrova'))
  expect(read).toEqual({ 'Full name': 'Anna Petrova' })
})

test('a list is read by the encoding that was told for it, whatever its beginning looks like', async () => {
  const beginning = new TextEncoder().encode(card('FN:Bob'))
  const cyrillic = Buffer.from(card('FN:\u00c0\u00ed\u00ed\u00e0'), 'latin1')
  const read = await Array.fromAsync(readVcards(pieces(beginning, cyrillic), 'windows-1251'))
  expect(read).toEqual([{ 'Full name': 'Bob' }, { 'Full name': 'Анна' }])
})
