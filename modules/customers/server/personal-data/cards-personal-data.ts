import type { Tx } from '#platform/server/database'
import type { PersonalDataPage, PersonalDataPart, Subject } from '#platform/server/personal-data'
import { forgetFound, forgetTraces } from '#platform/server/personal-data.queries'
import type { Platform } from '#platform/server/platform'
import { findLocale } from '../people.queries.ts'
import { eraseCards, findFilesOf, tellCards } from './erase-cards.queries.ts'

/** What a card is called that tells nothing any more. */
const NAMELESS = { ru: 'Данные удалены', en: 'Erased' } as const

async function* tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage> {
  for (const [section, rows] of Object.entries(await tellCards(tx, subject))) yield { section, rows }
  yield { section: 'files', rows: [], fileIds: await findFilesOf(tx, subject) }
}

/** What cards and their surroundings keep of people. */
export const cardsPersonalData = ({ files }: Pick<Platform, 'files'>): PersonalDataPart => ({
  name: 'customers',
  tables: {
    'customers.people': 'stay with stage, origin and owner, nameless',
    'customers.identities': 'removed; the proof keeps their hashes',
    'customers.employments': 'removed',
    'customers.household_members': 'removed',
    'customers.company_timeline': 'lines of the person are removed',
    'customers.likenesses': 'removed',
    'customers.match_keys': 'removed',
    'customers.match_cards': 'removed',
    'customers.preferences': 'removed',
    'customers.notes': 'removed',
    'customers.relations': 'removed',
    'customers.tasks': 'stay done, without their words',
    'customers.person_files': 'removed, and so are files and photos that were taken off before',
    'customers.merges': 'stay without what was taken over and why',
    'customers.timeline': 'stays with kinds, times and values that reports count by',
    'customers.consents': 'stay with purpose, version and text: what was agreed to must be provable',
    'customers.erasures': 'the proof itself: hashes only',
  },
  tell,
  erase: async (tx, subject, at) => {
    const fileIds = await findFilesOf(tx, subject)
    const counts = await eraseCards(tx, subject, NAMELESS[await findLocale(tx)], at)
    await files.forget(tx, fileIds)
    const found = await forgetFound(tx, 'person', subject.cards)
    return {
      ...counts,
      ...(await forgetTraces(tx, subject, [])),
      'platform.search_documents': found,
      'platform.files': fileIds.length,
    }
  },
})
