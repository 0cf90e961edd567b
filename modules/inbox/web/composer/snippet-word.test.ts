import { expect, test } from 'vitest'
import { snippetWordAt } from './snippet-word.ts'

test('a slash at the beginning of a word opens the snippets', () => {
  expect(snippetWordAt('/при', 4)).toEqual({ start: 0, end: 4, word: 'при' })
  expect(snippetWordAt('Hello /', 7)).toEqual({ start: 6, end: 7, word: '' })
})

test('a slash within a word or an address does not', () => {
  expect(snippetWordAt('and/or', 6)).toBeNull()
  expect(snippetWordAt('https://okno', 12)).toBeNull()
})

test('only the word in which the caret stands counts', () => {
  expect(snippetWordAt('/hello there', 12)).toBeNull()
})
