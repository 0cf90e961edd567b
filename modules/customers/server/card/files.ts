import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { PersonFile } from '../../contract/around.ts'
import { findMembers } from '../identity/merges.queries.ts'
import {
  deletePersonFile,
  findPersonFiles,
  findPhotoId,
  insertPersonFile,
  isPersonFile,
  savePhoto,
} from './files.queries.ts'
import { shownPerson, tellCard } from './on-card.ts'
import type { PersonSource } from './person-source.ts'
import { readPicture } from './picture.ts'

const MAX_PHOTO_BYTES = 2 * 1024 * 1024
/** More would unfold to more than 64 MB in each browser that shows it. */
const MAX_PHOTO_SIDE = 4096

export interface Uploaded {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

/** The face and the files of a card. */
export function fileUses(platform: Platform, sources: readonly PersonSource[]) {
  const { files, now } = platform

  async function cardsOf(tx: Tx, askedId: string) {
    const personId = await shownPerson(tx, askedId)
    return { personId, people: await findMembers(tx, personId) }
  }

  /** Those laid to the card and those of conversations that the actor may see, the newest first. @throws Problem `customers.person_not_found` */
  async function listFiles(tx: Tx, actor: Actor, askedId: string): Promise<PersonFile[]> {
    const { people } = await cardsOf(tx, askedId)
    const found = await findPersonFiles(tx, people)
    for (const source of sources) found.push(...(await source.files(tx, actor, people)))
    return found.toSorted((a, b) => b.at.getTime() - a.at.getTime())
  }

  /** @throws Problem `customers.person_not_found` */
  async function attachFile(tx: Tx, actor: Actor, askedId: string, upload: Uploaded): Promise<PersonFile> {
    const { personId } = await cardsOf(tx, askedId)
    const { id, name, mime, sizeBytes } = await files.save(tx, upload)
    const at = now()
    await insertPersonFile(tx, { personId, fileId: id, operatorName: actor.name, at })
    await tellCard(platform, tx, actor, {
      personId,
      action: 'customers.file_added',
      object: 'file',
      objectId: id,
      tells: { name },
    })
    return { id, name, mime, sizeBytes, at, by: actor.name, conversationId: null }
  }

  /** @throws Problem `customers.person_not_found`, `file.not_found` */
  async function loadFile(tx: Tx, askedId: string, fileId: string) {
    const { people } = await cardsOf(tx, askedId)
    if (!(await isPersonFile(tx, people, fileId))) throw fileNotFound()
    return files.load(tx, fileId)
  }

  /** @throws Problem `customers.person_not_found`, `file.not_found` */
  async function detachFile(tx: Tx, actor: Actor, askedId: string, fileId: string): Promise<void> {
    const { personId, people } = await cardsOf(tx, askedId)
    if (!(await deletePersonFile(tx, people, fileId))) throw fileNotFound()
    await tellCard(platform, tx, actor, { personId, action: 'customers.file_removed', objectId: fileId, tells: {} })
  }

  /** @throws Problem `customers.person_not_found`, `customers.photo_wrong` */
  async function setPhoto(tx: Tx, actor: Actor, askedId: string, upload: Uploaded): Promise<string> {
    const { personId } = await cardsOf(tx, askedId)
    const picture = upload.content.length <= MAX_PHOTO_BYTES ? readPicture(upload.content) : null
    if (!picture || Math.max(picture.width, picture.height) > MAX_PHOTO_SIDE)
      throw new Problem(
        'customers.photo_wrong',
        422,
        'A photo is a PNG, JPEG or WebP of at most 2 MB and 4096 pixels a side.',
      )
    const { id } = await files.save(tx, { ...upload, mime: picture.mime })
    await savePhoto(tx, [personId], id, now())
    await tellCard(platform, tx, actor, { personId, action: 'customers.photo_changed', objectId: id })
    return id
  }

  /** @throws Problem `customers.person_not_found` */
  async function removePhoto(tx: Tx, actor: Actor, askedId: string): Promise<void> {
    const { personId, people } = await cardsOf(tx, askedId)
    await savePhoto(tx, people, null, now())
    await tellCard(platform, tx, actor, { personId, action: 'customers.photo_removed' })
  }

  /** @throws Problem `customers.person_not_found`, `file.not_found` */
  async function loadPhoto(tx: Tx, askedId: string) {
    const { personId, people } = await cardsOf(tx, askedId)
    const photoId = await findPhotoId(tx, people, personId)
    if (!photoId) throw fileNotFound()
    return files.load(tx, photoId)
  }

  return { listFiles, attachFile, loadFile, detachFile, setPhoto, removePhoto, loadPhoto }
}

const fileNotFound = () => new Problem('file.not_found', 404, 'There is no such file.')
