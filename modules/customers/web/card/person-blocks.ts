import { lazy } from 'react'
import type { LaidOutBlock } from '#modules/customers/contract'
import { type CardBlock, useSlot } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import { useArranged } from '../layouts/layouts-api.ts'
import { CardStanding } from '../personal-data/card-standing.tsx'
import { CardBrief } from './card-brief.tsx'
import { CardCompanies } from './card-companies.tsx'
import { CardFields } from './card-fields.tsx'
import { CardIdentities } from './card-identities.tsx'
import { CardLikenesses } from './card-likenesses.tsx'

/** Below the first screenful: loaded together, when the card stands. */
const below = (name: keyof typeof import('./lower-blocks.ts')) =>
  lazy(() => import('./lower-blocks.ts').then((blocks) => ({ default: blocks[name] })))

/** What a block of a person's card is given. */
export interface PersonBlockProps {
  readonly person: CardWire
}
export type PersonBlock = CardBlock<PersonBlockProps>

/** Blocks of this module, in the order in which they stand unless a layout says otherwise. */
const own: readonly PersonBlock[] = [
  { id: 'standing', order: 40, title: 'customers.personalData.standing', component: CardStanding },
  { id: 'brief', order: 50, title: 'customers.brief.title', component: CardBrief },
  { id: 'likenesses', order: 100, title: 'customers.maybeSame', component: CardLikenesses },
  { id: 'identities', order: 200, title: 'customers.identities', component: CardIdentities },
  { id: 'companies', order: 300, title: 'customers.companies', component: CardCompanies },
  { id: 'household', order: 350, title: 'customers.household.title', component: below('CardHousehold') },
  { id: 'fields', order: 400, title: 'customers.fields.title', component: CardFields },
  { id: 'references', order: 425, title: 'customers.references', component: below('CardReferences') },
  { id: 'tasks', order: 450, title: 'customers.tasks.title', component: below('CardTasks') },
  { id: 'notes', order: 500, title: 'customers.notes.title', component: below('CardNotes') },
  { id: 'relations', order: 550, title: 'customers.relations.title', component: below('CardRelations') },
  { id: 'files', order: 600, title: 'customers.files.title', component: below('CardFiles') },
  { id: 'consents', order: 700, title: 'customers.consents', component: below('CardConsents') },
  { id: 'merges', order: 800, title: 'customers.merges.title', component: below('CardMerges') },
  { id: 'personalData', order: 850, title: 'customers.personalData.title', component: below('CardPersonalData') },
  { id: 'timeline', order: 900, title: 'customers.timeline.title', component: below('CardTimeline') },
]

/** All blocks that there are, own ones and those of other modules, in the order in which they stand by themselves. */
export function usePersonBlockList(): readonly PersonBlock[] {
  const others = useSlot('personBlocks')
  return [...own, ...others].toSorted((a, b) => a.order - b.order)
}

/** Blocks of a person's card that this operator may see, as the card is laid out for their role; `tried` = another layout, before it is saved. */
export const usePersonBlocks = (tried?: readonly LaidOutBlock[]): readonly PersonBlock[] =>
  useArranged('person', usePersonBlockList(), tried)
