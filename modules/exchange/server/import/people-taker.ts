import type { Customers, PersonRow, RowKey, RowOutcome } from '#modules/customers'
import type { RowValues } from './prepare-row.ts'
import type { RowDetail } from './row-detail.ts'
import { type RowTaker, refused, type TakeHow, type Taken } from './row-taker.ts'

const BATCH = 1000
const KEYS: Readonly<Record<string, RowKey>> = { emails: 'email', phones: 'phone', externalIds: 'external', id: 'id' }

/** When an import says nothing for so long, its process is gone, and what it put off is done. */
const HELD_MS = 60_000

type PeopleDoor = Pick<
  Customers,
  'importPeople' | 'touchesOfPeople' | 'makePeopleFindable' | 'holdMatching' | 'undoPeople' | 'refreshStatistics'
>

const rowKeyOf = ({ key }: Pick<TakeHow, 'key'>): RowKey => (key === null ? null : (KEYS[key] ?? { uniqueField: key }))

/** Rows of people: many at once, by the door of those who know people. */
export const peopleTaker = ({
  importPeople,
  touchesOfPeople,
  makePeopleFindable,
  holdMatching,
  undoPeople,
  refreshStatistics,
}: PeopleDoor): RowTaker => ({
  batch: BATCH,
  settle: refreshStatistics,
  take: async (tx, actor, rows, how) => {
    const outcomes = await importPeople(tx, actor, rows.map(personRow), { ...how, key: rowKeyOf(how) })
    return outcomes.map(takenOf)
  },
  many: {
    touches: (tx, rows, how) => touchesOfPeople(tx, rows.map(personRow), { ...how, key: rowKeyOf(how) }),
    putOff: (tx, now, isOver) => holdMatching(tx, isOver ? null : new Date(now.getTime() + HELD_MS)),
    makeFindable: makePeopleFindable,
  },
  undo: undoPeople,
})

function takenOf(told: RowOutcome): Taken {
  if (told.kind === 'refused')
    return refused(
      told.reasons.map(({ params, ...reason }) => (params ? { ...reason, params: { ...params } } : reason)),
    )
  const { kind, ...detail } = told
  return { outcome: kind, id: told.id, detail: withoutEmpty(detail) }
}

/** Most rows have nothing to tell of most things; a million of them would be written and read for it. */
const withoutEmpty = (detail: RowDetail): RowDetail =>
  Object.fromEntries(
    Object.entries(detail).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const FIELDS = [
  'name',
  'firstName',
  'lastName',
  'middleName',
  'stage',
  'locale',
  'timeZone',
  'city',
  'addressForm',
  'preferredChannel',
  'bestTime',
  'birthday',
  'note',
] as const
const CUSTOM = 'custom.'

const known = new WeakMap<RowValues, PersonRow>()

/** Values by their fields as the module of people takes them; the same row each time, so that what is found out about it is kept. */
function personRow(values: RowValues): PersonRow {
  const row = known.get(values) ?? readRow(values)
  known.set(values, row)
  return row
}

/** Each value was read as its field says. */
function readRow(values: RowValues): PersonRow {
  const fields = Object.fromEntries(
    FIELDS.flatMap((key) => (typeof values[key] === 'string' ? [[key, values[key]]] : [])),
  )
  const owner = text(values.owner)
  const company = { name: text(values.company), inn: text(values.companyInn), position: text(values.position) }
  const custom = Object.entries(values).filter(([key]) => key.startsWith(CUSTOM))
  return {
    fields: { ...fields, ...(owner ? { ownerId: owner } : {}) },
    emails: texts(values.emails),
    phones: texts(values.phones),
    externalIds: texts(values.externalIds),
    // Values that were read are JSON; they are checked once more before they are stored.
    custom: Object.fromEntries(custom.map(([key, value]) => [key.slice(CUSTOM.length), value])) as PersonRow['custom'],
    company: company.name || company.inn ? company : null,
    id: text(values.id),
  }
}
