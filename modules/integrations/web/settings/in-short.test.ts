import { expect, test } from 'vitest'
import { inShort } from './in-short.ts'

test('of a page that a proxy answers with the words are told, not the tags', () => {
  expect(inShort('503: <!DOCTYPE html>\n<html><body class="x"><h1>Касса закрыта</h1> 2 < 3 <a href="/')).toBe(
    '503: Касса закрыта 2 < 3',
  )
  expect(inShort('я'.repeat(200))).toBe(`${'я'.repeat(140)}…`)
})
