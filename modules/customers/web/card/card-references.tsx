import { Referring } from '#modules/objects/web'
import type { PersonBlockProps } from './person-blocks.ts'

/** Records of the company's own, and other cards, that name this person, or a card that was joined to theirs. */
export const CardReferences = ({ person: { id, mergedCount } }: PersonBlockProps) => (
  <Referring object="person" id={id} asOf={mergedCount} />
)
