import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import type { Brief } from '../../contract/brief.ts'
import { findMembers } from '../identity/merges.queries.ts'
import { findBriefFacts } from './brief.queries.ts'
import { briefOf } from './brief.ts'
import { shownPerson } from './on-card.ts'
import type { PersonSource } from './person-source.ts'
import { findOpenTasks } from './tasks.queries.ts'

/** The person in five seconds, of what this operator may see. @throws Problem `customers.person_not_found` */
export const readBrief =
  ({ now }: Platform, sources: readonly PersonSource[]) =>
  async (tx: Tx, actor: Actor, askedId: string): Promise<Brief> => {
    const personId = await shownPerson(tx, askedId)
    const people = await findMembers(tx, personId)
    const facts = await findBriefFacts(tx, personId)
    const tasks = await findOpenTasks(tx, people)
    const matters = []
    const ratings = []
    for (const source of sources) {
      matters.push(...(await source.matters(tx, actor, people)))
      const rating = await source.lastRating?.(tx, actor, people)
      if (rating) ratings.push(rating)
    }
    return briefOf({ ...facts, now: now(), tasks, matters, ratings })
  }
