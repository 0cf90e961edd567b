/** Mailboxes that belong to a role, not to a human. */
const ROLES = new Set(
  'info sales support office mail admin contact hello help service zakaz order orders shop buh buhgalter hr job pr marketing manager secretary reception post test noreply no-reply webmaster director client klient kontakt'.split(
    ' ',
  ),
)

export const isRoleMailbox = (email: string): boolean => ROLES.has(localPart(email).replace(/\d+$/, ''))

/** Providers with several domains for one box. */
const DOMAINS: Readonly<Record<string, string>> = {
  'googlemail.com': 'gmail.com',
  'ya.ru': 'yandex.ru',
  'yandex.com': 'yandex.ru',
  'yandex.by': 'yandex.ru',
  'yandex.kz': 'yandex.ru',
  'yandex.ua': 'yandex.ru',
}

/** One form for all addresses that reach one box: without a plus tag; Gmail ignores dots, Yandex takes `-` for `.`. Source: the providers' help pages. */
export function mailbox(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  const home = DOMAINS[domain] ?? domain
  const untagged = local.replace(/(?<=.)\+.*$/, '')
  if (home === 'gmail.com') return `${untagged.replaceAll('.', '')}@${home}`
  if (home === 'yandex.ru') return `${untagged.replaceAll('-', '.')}@${home}`
  return `${untagged}@${home}`
}

/** The part before `@`, without a tag and without what parts its words: `ivan.petrov`, `ivan_petrov` and `ivanpetrov` are typed by one hand. */
export const localPart = (email: string): string => (email.toLowerCase().split('@')[0] ?? '').replace(/(?<=.)\+.*$/, '')
export const localLetters = (email: string): string => localPart(email).replace(/[._-]/g, '')
