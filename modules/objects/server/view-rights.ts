import type { Actor } from '#platform/shared/actor'
import type { View } from '../contract/index.ts'
import type { StoredView } from './views.queries.ts'

const isOwn = (actor: Actor, { ownerId }: StoredView) => actor.operatorId === ownerId

export const maySee = (actor: Actor, view: StoredView): boolean => view.isShared || isOwn(actor, view)

/** A shared view is everybody's: whoever changes it must be allowed to share. */
export const mayEdit = (actor: Actor, view: StoredView): boolean =>
  view.isShared ? actor.can('objects.share') : isOwn(actor, view)

export const mayShare = (actor: Actor, view: StoredView): boolean => maySee(actor, view) && actor.can('objects.share')

/** A view as one reader sees it. */
export const shownTo =
  (actor: Actor) =>
  (view: StoredView): View => ({ ...view, can: { edit: mayEdit(actor, view), share: mayShare(actor, view) } })
