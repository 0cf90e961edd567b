import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import type { PersonFile } from '../../contract/around.ts'
import type { Matter, Rating } from '../../contract/brief.ts'

/**
 * What a module that stands on this one knows of a person. `people` = all cards that are shown as one; the answer holds only what this actor
 * may see.
 */
export interface PersonSource {
  /** What is being talked about: open matters first, the latest first among them; at most 20. */
  matters(tx: Tx, actor: Actor, people: readonly string[]): Promise<readonly Matter[]>
  /** Files, the newest first; at most 50. */
  files(tx: Tx, actor: Actor, people: readonly string[]): Promise<readonly PersonFile[]>
  /** The last mark that the person gave. */
  lastRating?(tx: Tx, actor: Actor, people: readonly string[]): Promise<Rating | null>
}
