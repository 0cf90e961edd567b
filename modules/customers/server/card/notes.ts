import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Note, NoteDraft, NotePatch } from '../../contract/around.ts'
import { indexPerson } from '../search-documents.ts'
import { deleteNote, insertNote, lockNote, saveNote } from './notes.queries.ts'
import { shownPerson, tellCard } from './on-card.ts'

/** Words of a note that the timeline shows. */
const TOLD_LENGTH = 200
/** Former texts that a note remembers. */
const MAX_VERSIONS = 50

/** Notes about a person: many, each its author's, with what they said before. */
export function noteUses(platform: Platform) {
  const { now } = platform

  /** @throws Problem `customers.person_not_found` */
  async function addNote(tx: Tx, actor: Actor, draft: NoteDraft & { personId: string }): Promise<Note> {
    const personId = await shownPerson(tx, draft.personId)
    const by = { operatorId: actor.operatorId, operatorName: actor.name }
    const { text, isPinned = false } = draft
    const note = await insertNote(tx, { personId, text, isPinned, createdAt: now(), ...by })
    await indexPerson(tx, personId)
    const tells = { text: text.slice(0, TOLD_LENGTH) }
    await tellCard(platform, tx, actor, {
      personId,
      action: 'customers.note_added',
      object: 'note',
      objectId: note.id,
      tells,
    })
    return note
  }

  /**
   * The words of a note are its author's; anybody may pin it.
   * @throws Problem `customers.note_not_found`, `customers.note_of_another`
   */
  async function changeNote(tx: Tx, actor: Actor, id: string, patch: NotePatch): Promise<Note> {
    const before = await lockNote(tx, id)
    if (!before) throw noteNotFound(id)
    const { text = before.text, isPinned = before.isPinned } = patch
    const isEdited = text !== before.text
    if (isEdited) assertOwn(actor, before)
    const at = now()
    const former = {
      text: before.text,
      at: (before.editedAt ?? before.createdAt).toISOString(),
      by: before.operatorName,
    }
    const note = {
      ...before,
      text,
      isPinned,
      ...(isEdited ? { editedAt: at, versions: [...before.versions, former].slice(-MAX_VERSIONS) } : {}),
    }
    await saveNote(tx, note)
    const personId = await shownPerson(tx, before.personId)
    if (isEdited) await indexPerson(tx, personId)
    await tellCard(platform, tx, actor, { personId, action: 'customers.note_changed', objectId: id })
    return note
  }

  /** @throws Problem `customers.note_not_found`, `customers.note_of_another` */
  async function removeNote(tx: Tx, actor: Actor, id: string): Promise<void> {
    const note = await lockNote(tx, id)
    if (!note) throw noteNotFound(id)
    assertOwn(actor, note)
    await deleteNote(tx, id)
    const personId = await shownPerson(tx, note.personId)
    await indexPerson(tx, personId)
    await tellCard(platform, tx, actor, { personId, action: 'customers.note_removed', objectId: id, tells: {} })
  }

  return { addNote, changeNote, removeNote }
}

/** Its author's, or an administrator's. */
function assertOwn(actor: Actor, note: Note): void {
  const isOwn = actor.operatorId !== null && note.operatorId === actor.operatorId
  if (!isOwn && !actor.can('customers.manage'))
    throw new Problem('customers.note_of_another', 403, 'Only who wrote a note may change its words.')
}

const noteNotFound = (id: string) => new Problem('customers.note_not_found', 404, `There is no note ${id}.`)
