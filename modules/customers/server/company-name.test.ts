import { describe, expect, test } from 'vitest'
import { companyNameKey, withoutForm } from './company-name.ts'

describe('the name of a company', () => {
  test.each([
    ['ООО «Кровля и фасады»', 'Кровля и фасады, ООО'],
    ['Общество с ограниченной ответственностью "Лёсная пристань"', 'лесная пристань'],
    ['Публичное акционерное общество Сбербанк', 'ПАО «Сбербанк»'],
    ['Romashka LLC', 'ромашка'],
  ])('%s and %s are one', (a, b) => {
    expect(companyNameKey(a)).toBe(companyNameKey(b))
  })

  test('of nothing but a form stays as it is', () => {
    expect(companyNameKey('ООО')).toBe('ооо')
    expect(withoutForm('ООО')).toBe('ООО')
  })

  test('is looked for by its own words', () => {
    expect(withoutForm('Общество с ограниченной ответственностью «Кров-2»')).toBe('Кров 2')
  })
})
