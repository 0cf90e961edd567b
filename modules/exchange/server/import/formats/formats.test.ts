import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeCell } from '../../export/safe-cell.ts'
import { detectDelimiter, readCsv } from './csv.ts'
import { detectEncoding } from './encoding.ts'
import { readJson } from './json.ts'
import { limits } from './limits.ts'
import { plainCell } from './plain-cell.ts'
import { readVcards } from './vcard.ts'
import { readXlsx, sheetsOf } from './xlsx.ts'

async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
const bytesOf = (text: string) => new TextEncoder().encode(text)
const all = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => Array.fromAsync(rows)

describe('text files', () => {
  const text = 'Фамилия;Имя;Город\nИванова;Анна;Нижний Новгород\nПетров;Семён;Уфа\n'
  const tables: Record<string, string> = { 'windows-1251': '', 'koi8-r': '', ibm866: '', 'x-mac-cyrillic': '' }
  for (const encoding of Object.keys(tables))
    test(`${encoding} is told by its letters`, () => {
      const decoder = new TextDecoder(encoding)
      const codes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
      const bytes = Uint8Array.from([...text], (letter) => codes.get(letter) ?? 63)
      expect(detectEncoding(bytes)).toBe(encoding)
    })
  test('UTF-8 and UTF-16 are told with and without a mark', () => {
    const wide = new Uint8Array(Buffer.from(text, 'utf16le'))
    expect(detectEncoding(bytesOf(text))).toBe('utf-8')
    expect(detectEncoding(bytesOf(text).subarray(0, 15))).toBe('utf-8')
    expect(detectEncoding(wide)).toBe('utf-16le')
    expect(detectEncoding(Uint8Array.of(0xff, 0xfe, ...wide))).toBe('utf-16le')
    expect(detectEncoding(new Uint8Array(Buffer.from(wide).swap16()))).toBe('utf-16be')
  })
  test('the delimiter is the one that cuts even rows, or the one that Excel names', () => {
    expect(detectDelimiter(text)).toBe(';')
    expect(detectDelimiter('a,b\n"x, y; z",1\n')).toBe(',')
    expect(detectDelimiter('a\tb\n1,5\t2,5\n')).toBe('\t')
    expect(detectDelimiter('sep=|\r\na|b\n')).toBe('|')
  })
  test('quotes within cells, short rows and blank lines are read as they were meant', async () => {
    const rows = await all(
      readCsv(pieces(bytesOf('sep=;\r\nа;б"в";г\r\n\r\n1\r\n"x;\r\ny";2;3;4\r\n')), {
        encoding: 'utf-8',
        delimiter: ';',
      }),
    )
    expect(rows).toEqual([['а', 'б"в"', 'г'], ['1'], ['x;\r\ny', '2', '3', '4']])
  })
  test('a quote that is never closed is no row of a hundred megabytes', async () => {
    const endless = bytesOf(`a;b\n"${'x'.repeat(limits.row + 10)}`)
    await expect(all(readCsv(pieces(endless, 65_536), { encoding: 'utf-8', delimiter: ';' }))).rejects.toMatchObject({
      code: 'exchange.row_too_long',
    })
  })
  test('any text that was written as CSV is read as it was', async () => {
    const cell = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((one) => plainCell(one.replaceAll('\0', '').toWellFormed().trim()))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(';', ',', '\t'),
        async (rows, delimiter) => {
          const given = rows.map((row) => ['x', ...row])
          const csv = given
            .map((row) => row.map((one) => `"${safeCell(one).replaceAll('"', '""')}"`).join(delimiter))
            .join('\r\n')
          expect(await all(readCsv(pieces(bytesOf(csv)), { encoding: 'utf-8', delimiter }))).toEqual(given)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('a cell that was kept from being a formula comes back as it was', () => {
  for (const evil of ['=1+1', '+7 912', '-a', '@SUM(A1)', '\tx', "='x'", 'a;=b', 'x, @y', '＝1'])
    expect([safeCell(evil) === evil, plainCell(safeCell(evil))]).toEqual([false, evil])
  for (const plain of ["O'Neil", "'quoted'", '-5', '+79123456789', "a; 'b'"])
    expect(plainCell(safeCell(plain))).toBe(plain)
})

describe('JSON', () => {
  const people = [
    { name: 'Анна "А" {1}', phones: ['+7', '8'], address: { city: 'Омск' }, age: 30, none: null },
    { name: 'Пётр]', tags: [{ key: 'vip' }] },
  ]
  const rows = [
    { name: 'Анна "А" {1}', phones: '+7; 8', 'address.city': 'Омск', age: '30' },
    { name: 'Пётр]', 'tags.0.key': 'vip' },
  ]
  test.each([
    ['a list', JSON.stringify(people, null, 1)],
    ['a list within an object', JSON.stringify({ total: 2, contacts: people, more: [1] })],
    ['an object on each line', people.map((one) => JSON.stringify(one)).join('\n')],
  ])('%s is read one object at a time', async (_, text) => {
    expect(await all(readJson(pieces(bytesOf(text), text.startsWith('{"name') ? 4096 : 11)))).toEqual(rows)
  })
  test('what does not end is no list', async () => {
    await expect(all(readJson(pieces(bytesOf('[{"a": 1}, {"b": '))))).rejects.toMatchObject({
      code: 'exchange.not_json',
    })
  })
})

test('cards of three versions are read, folded lines and quoted letters among them', async () => {
  const text = [
    'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=D0=98=\r\n=D0=B2=D0=B0=D0=BD;;;\r\nTEL;CELL:+7 912 345-67-89\r\nEND:VCARD',
    'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Анна Ёлкина\r\nN:Ёлкина;Анна;Сергеевна;;\r\nORG:ООО «Кров»\\, Пермь;Продажи\r\nTITLE:Директор\r\nitem1.EMAIL;TYPE=INTERNET:anna@exa\r\n mple.ru\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD',
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bob\r\nTEL;VALUE=uri;TYPE="voice,home":tel:+1-555-0100\r\nADR:;;Lenina 1;Омск;;644000;Россия\r\nEND:VCARD\r\n',
  ].join('\r\n')
  expect(await all(readVcards(pieces(bytesOf(text), 4096), 'utf-8'))).toEqual([
    { 'Last name': 'Иванов', 'First name': 'Иван', 'Middle name': '', 'Phone 1': '+7 912 345-67-89' },
    {
      'Full name': 'Анна Ёлкина',
      'Last name': 'Ёлкина',
      'First name': 'Анна',
      'Middle name': 'Сергеевна',
      Organization: 'ООО «Кров», Пермь',
      Department: 'Продажи',
      Title: 'Директор',
      'E-mail 1': 'anna@example.ru',
    },
    { 'Full name': 'Bob', 'Phone 1': '+1-555-0100', 'Address 1': '644000, Россия, Омск, Lenina 1', City: 'Омск' },
  ])
})

describe('workbooks', () => {
  const relations = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
  const parts = {
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="Люди" r:id="r1"/><sheet name="Ещё" r:id="r2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations,
    'xl/sharedStrings.xml':
      '<sst><si><t>Имя</t></si><si><r><t>Ан</t></r><r><t>на</t></r><rPh><t>x</t></rPh></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml':
      '<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Дата</t></is></c></row><row/><row><c r="A3" t="s"><v>1</v></c><c r="B3"><v>79123456789</v></c><c r="C3" s="1"><v>46418</v></c><c r="D3" t="b"><v>1</v></c></row></sheetData></worksheet>',
    'xl/worksheets/sheet2.xml':
      '<worksheet><sheetData><row><c><v>1.1</v></c><c><v>0.30000000000000004</v></c></row></sheetData></worksheet>',
  }
  test('cells, dates, phones and other sheets are read as they are shown', async () => {
    const book = zip(parts)
    expect(await sheetsOf(pieces(book, 512))).toEqual(['Люди', 'Ещё'])
    expect(await all(readXlsx(pieces(book, 512), 'Люди'))).toEqual([
      ['Имя', '', 'Дата'],
      ['Анна', '79123456789', '2027-01-31', 'true'],
    ])
    expect(await all(readXlsx(pieces(book, 512), 'Ещё'))).toEqual([['1.1', '0.3']])
  })
  test('cells that say nothing of their place keep it, empty ones too', async () => {
    const book = zip({
      ...parts,
      'xl/worksheets/sheet1.xml':
        '<worksheet><sheetData><row><c><v>1</v></c><c/><c><v>3</v></c><c r="E1"><v>5</v></c><c><v>6</v></c></row></sheetData></worksheet>',
    })
    expect(await all(readXlsx(pieces(book, 512), null))).toEqual([['1', '', '3', '', '5', '6']])
  })
  test.each([
    ['a cell', `<c><v>${'1'.repeat(8_000_000)}</v></c>`],
    ['an attribute', `<c s="${'1'.repeat(8_000_000)}"><v>1</v></c>`],
  ])('%s without end is not read to its end', async (_, cell) => {
    const bomb = zip({
      ...parts,
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row>${cell}</row></sheetData></worksheet>`,
    })
    await expect(all(readXlsx(pieces(bomb, 1_000_000), null))).rejects.toMatchObject({ code: 'exchange.row_too_long' })
  })
  test('a workbook with a document type, or with texts without end, is refused', async () => {
    const evil = zip({
      ...parts,
      // Its entity is not even used: the parser would refuse an unknown one by itself.
      'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet></worksheet>',
    })
    await expect(all(readXlsx(pieces(evil, 512), null))).rejects.toMatchObject({ code: 'exchange.not_xlsx' })
    const bomb = zip({
      ...parts,
      'xl/sharedStrings.xml': `<sst>${`<si><t>${'x'.repeat(1_000_000)}</t></si>`.repeat(68)}</sst>`,
    })
    await expect(all(readXlsx(pieces(bomb, 1_000_000), null))).rejects.toMatchObject({
      code: 'exchange.unpacks_too_large',
    })
  })
})

/** A zip whose parts are stored as they are. */
function zip(parts: Record<string, string>): Uint8Array {
  const locals: Buffer[] = []
  const index: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const [title, body] = [Buffer.from(name), Buffer.from(text)]
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(body), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(body.length, 18)
    common.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, title, body])
    index.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, place, title]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(index)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(index.length, 4)
  end.writeUInt16LE(index.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end])
}
