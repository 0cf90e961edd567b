import type { Objects } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Module } from '#platform/server/module'
import type { PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import type { PersonSummary } from '../contract/people.ts'
import { aroundRoutes } from './card/around-routes.ts'
import { fileRoutes } from './card/file-routes.ts'
import { noteUses } from './card/notes.ts'
import type { PersonSource } from './card/person-source.ts'
import { taskRoutes } from './card/task-routes.ts'
import { taskUses } from './card/tasks.ts'
import { companyObject } from './company-object.queries.ts'
import { companyRoutes } from './company-routes.ts'
import { employ } from './employ.ts'
import { speakersOf } from './find-speakers.ts'
import { householdRoutes } from './household-routes.ts'
import { identify, identifyAll } from './identify.ts'
import { identityRoutes } from './identity/identity-routes.ts'
import { saveMatching } from './identity/matching-state.queries.ts'
import { findMembers, findShownId } from './identity/merges.queries.ts'
import { sharedRoutes } from './identity/shared-routes.ts'
import { watchCards } from './identity/watch-cards.ts'
import { refreshStatistics } from './import/import-people.queries.ts'
import { importPeople } from './import/import-people.ts'
import { touchesOfPeople } from './import/touches-of-people.ts'
import { removeUnusedCompanies } from './import/undo-companies.ts'
import { undoPeople } from './import/undo-people.ts'
import { layoutRoutes } from './layout-routes.ts'
import type { Fields } from './list-customers.ts'
import { moveAddress } from './move-address.ts'
import { findSummaries } from './people.queries.ts'
import { personObject } from './person-object.queries.ts'
import { personRoutes } from './person-routes.ts'
import { cardsPersonalData } from './personal-data/cards-personal-data.ts'
import { checkErasures } from './personal-data/check-erasures.ts'
import { personalDataRoutes } from './personal-data/personal-data-routes.ts'
import { findRestricted } from './personal-data/standing.queries.ts'
import { findSubject } from './personal-data/subject.queries.ts'
import { proveIdentity } from './prove-identity.ts'
import { recordConsent } from './record-consent.ts'
import { createCompany } from './save-company.ts'
import { createPerson, type Operators, updatePerson } from './save-person.ts'
import { makePeopleFindable } from './search-documents.ts'
import { searchRoutes } from './search-routes.ts'
import { createCompanyTelling } from './tell-companies.ts'
import { insertTimelineEntries, insertTimelineEntry } from './timeline.queries.ts'
import { companyWriter, personWriter } from './write-customers.ts'
import './tables.ts'

export type { PersonSource } from './card/person-source.ts'
export type { NewTask } from './card/tasks.ts'
export { companiesOf } from './companies-of.queries.ts'
export type { Arrival, Identified } from './findings.ts'
export type { Sender } from './identity.ts'
export type {
  FieldChange,
  ImportHow,
  PersonRow,
  RowKey,
  RowLikeness,
  RowOutcome,
  RowReason,
} from './import/person-row.ts'
export type { TakenRow, Undone } from './import/undo-people.ts'
export type { NewConsent } from './record-consent.ts'
export type { NewTimelineEntry } from './timeline.queries.ts'
export { timelineBehaviour } from './timeline-behaviour.queries.ts'

/** What other modules may ask about people and companies. */
export type Customers = ReturnType<typeof createCustomers>

export function createCustomers(
  platform: Platform,
  {
    access,
    objects,
  }: {
    access: Operators
    objects: Fields &
      Pick<
        Objects,
        'declare' | 'personalData' | 'storeMany' | 'holdersOf' | 'uniqueField' | 'uniqueNames' | 'releaseAll'
      >
  },
) {
  const uses = { operators: access, objects }
  objects.declare(
    { ...personObject, write: personWriter(platform, uses) },
    { ...companyObject, write: companyWriter(platform, uses) },
  )
  // Modules above add theirs while they are created; cards come last, because the others find theirs by them.
  const others: PersonalDataPart[] = [objects.personalData]
  const cards = cardsPersonalData(platform)
  const parts = () => [...others, cards]
  checkErasures(platform, parts)
  const watch = watchCards(platform)
  const telling = createCompanyTelling(platform)
  const sources: PersonSource[] = []
  const tasks = taskUses(platform, access)
  return {
    name: 'customers',
    routes: (http) => {
      personRoutes(http, platform, { operators: access, objects })
      companyRoutes(http, platform, { operators: access, objects })
      searchRoutes(http, platform)
      identityRoutes(http, platform, { objects })
      sharedRoutes(http, platform)
      aroundRoutes(http, platform, { sources })
      taskRoutes(http, platform, { tasks, operators: access })
      fileRoutes(http, platform, sources)
      personalDataRoutes(http, platform, parts)
      householdRoutes(http, platform)
      layoutRoutes(http, platform)
    },
    start: async (roles) => {
      if (!roles.has('worker')) return
      watch.start()
      await telling.start()
    },
    stop: async () => watch.stop(),
    /** Puts the history of people into the timelines of their companies now: for tests. */
    tellCompanies: (workspaceId: string) => telling.tellAll(workspaceId),
    /** Compares what changed since the last time without rest: for tests and benchmarks. */
    followCards: (workspaceId: string) => watch.follow(workspaceId, undefined, 0),
    /** All cards that are shown as one with this person, itself included. */
    membersOf: async (tx: Tx, id: string) => findMembers(tx, (await findShownId(tx, id)) ?? id),
    /** What every module keeps of people: modules declare theirs while they are created. */
    personalData: {
      declare: (part: PersonalDataPart) => void others.push(part),
      parts,
      /** Who the person with this card is; undefined when there is none. */
      subjectOf: async (tx: Tx, id: string) => {
        const personId = await findShownId(tx, id)
        return personId ? findSubject(tx, personId, await findMembers(tx, personId)) : undefined
      },
      /** Those of these people whose data may only be read. */
      restrictedAmong: findRestricted,
    },
    /** Hears what a module that stands on this one knows of people: for the brief and the files of a card. Call while modules are created. */
    addSource: (source: PersonSource): void => void sources.push(source),
    createTask: tasks.createTask,
    addNote: noteUses(platform).addNote,
    moveAddress: moveAddress(platform),
    speakersOf,
    identify: identify(platform),
    identifyAll: identifyAll(platform),
    proveIdentity: proveIdentity(platform),

    /**
     * Names, stages and owners of people as they are shown, by the id that was asked for; `id` inside is that of the shown card. Unknown ids are
     * left out.
     */
    summaries: async (tx: Tx, ids: readonly string[]): Promise<Map<string, PersonSummary>> => {
      const rows = await findSummaries(tx, [...new Set(ids)])
      return new Map(rows.map(({ askedId, ...person }) => [askedId, person]))
    },

    /** Records into a person's timeline; the same `once` again changes nothing. */
    recordTimeline: insertTimelineEntry,
    recordTimelineAll: insertTimelineEntries,
    recordConsent: recordConsent(platform),
    /** Rows of a list, many at once; and back again. */
    importPeople: importPeople(platform, objects),
    touchesOfPeople: touchesOfPeople(objects),
    makePeopleFindable,
    /** Compares changed cards no sooner than then, unless this is said again; null = from now on. At most a minute or so: cards wait for it. */
    holdMatching: (tx: Tx, until: Date | null) => saveMatching(tx, { heldUntil: until }),
    undoPeople: undoPeople(platform, objects),
    /** After so many new cards that PostgreSQL would plan by what it knew before. */
    refreshStatistics: async () => void (await platform.database.system(refreshStatistics)),
    /** Removes those of the companies that an import made and nobody has used or changed since. Resolves to their ids. */
    removeUnusedCompanies,
    createPerson: createPerson(platform, { operators: access, objects }),
    updatePerson: updatePerson(platform, { operators: access, objects }),
    createCompany: createCompany(platform, { operators: access, objects }),
    employ: employ(platform),
  } satisfies Module & Record<string, unknown>
}
