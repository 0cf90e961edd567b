import { expect, test } from 'vitest'
import { fileNameOf } from './describe-file.ts'

test('the full name of a file is read from its header, the plain one only without it', () => {
  expect(fileNameOf(`attachment; filename="___.pdf"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82.pdf`)).toBe('Счёт.pdf')
  expect(fileNameOf('inline; filename="photo.png"')).toBe('photo.png')
  expect(fileNameOf('inline')).toBeNull()
})
