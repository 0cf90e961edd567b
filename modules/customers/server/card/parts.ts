import { relationKinds } from '../../contract/kinds.ts'
import type { PersonCard } from '../../contract/people.ts'
import { stagesOf, type ToldParts } from './parts.queries.ts'

type Parts = Pick<PersonCard, 'consents' | 'preferences' | 'tasks' | 'notes' | 'relations' | 'stages' | 'photoId'>

/** What stands around a card, from how the statement tells it. */
export function partsOf(row: ToldParts & { stage: string; createdAt: Date }): Parts {
  const { stage, createdAt, consents, preferences, openTasks, doneTasks, notes, relations, stageChanges, photoId } = row
  return {
    photoId,
    stages: stagesOf(stage, createdAt, stageChanges),
    consents: consents.map((one) => ({
      ...one,
      givenAt: new Date(one.givenAt),
      withdrawnAt: orNull(one.withdrawnAt),
    })),
    preferences: preferences.map((one) => ({ ...one, changedAt: new Date(one.changedAt) })),
    tasks: [...openTasks, ...doneTasks].map((one) => ({
      ...one,
      dueAt: orNull(one.dueAt),
      doneAt: orNull(one.doneAt),
      createdAt: new Date(one.createdAt),
    })),
    notes: notes.map((one) => ({ ...one, createdAt: new Date(one.createdAt), editedAt: orNull(one.editedAt) })),
    relations: relations.map(({ isInverted, kind, ...one }) => ({
      ...one,
      kind: isInverted ? relationKinds[kind] : kind,
      createdAt: new Date(one.createdAt),
    })),
  }
}

const orNull = (text: string | null) => (text === null ? null : new Date(text))
