/** What a field of a form takes in. */
export const formFieldTypes = ['text', 'email', 'phone', 'textarea', 'choice'] as const

/** Fields of the customer's card that a field of a form may fill. */
export const cardFields = ['name', 'firstName', 'lastName', 'email', 'phone', 'company', 'city'] as const

export interface FormField {
  /** Name in the posted data. */
  key: string
  label: string
  type: (typeof formFieldTypes)[number]
  required: boolean
  choices: string[]
  /** Which field of the card it fills; shown in the message only when left out. */
  fills?: (typeof cardFields)[number] | undefined
}

const WORDS = {
  ru: { name: 'Имя', email: 'E-mail', phone: 'Телефон', message: 'Сообщение' },
  en: { name: 'Name', email: 'E-mail', phone: 'Phone', message: 'Message' },
}

/** What a form of this type asks for unless it says otherwise: a call needs a phone, a request an e-mail and words. */
export function usualFields({ type, locale }: { type: 'request' | 'callback'; locale: 'ru' | 'en' }): FormField[] {
  const words = WORDS[locale]
  const usual = { required: true, choices: [] }
  const name: FormField = { ...usual, key: 'name', label: words.name, type: 'text', fills: 'name' }
  if (type === 'callback') return [name, { ...usual, key: 'phone', label: words.phone, type: 'phone', fills: 'phone' }]
  return [
    name,
    { ...usual, key: 'email', label: words.email, type: 'email', fills: 'email' },
    { ...usual, key: 'message', label: words.message, type: 'textarea' },
  ]
}
