import type { Label, Language } from '#platform/shared/objects/object'

/**
 * A label with a new text. One text stands for both languages: a company names things in the language in which it works. Where the two differ somebody
 * has given both, and only the one that is read is changed.
 */
export const renamed = (known: Label | null | undefined, text: string, language: Language): Label =>
  known && known.en !== known.ru ? { ...known, [language]: text } : { en: text, ru: text }
