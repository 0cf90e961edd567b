import { expect, test } from 'vitest'
import { renamed } from './renamed.ts'

test('a new text stands for both languages, unless somebody has given both', () => {
  expect(renamed(null, 'Size', 'en')).toEqual({ en: 'Size', ru: 'Size' })
  expect(renamed({ en: 'Size', ru: 'Size' }, 'Shoe size', 'en')).toEqual({ en: 'Shoe size', ru: 'Shoe size' })
  expect(renamed({ en: 'Size', ru: 'Размер' }, 'Shoe size', 'en')).toEqual({ en: 'Shoe size', ru: 'Размер' })
  expect(renamed({ en: 'Size', ru: 'Размер' }, 'Размер обуви', 'ru')).toEqual({ en: 'Size', ru: 'Размер обуви' })
})
