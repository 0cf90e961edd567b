import type { LaidOutBlock } from '#modules/customers/contract'
import { type CardBlock, useSlot } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import { useArranged } from '../layouts/layouts-api.ts'
import { CardPersonalData } from '../personal-data/card-personal-data.tsx'
import { CardStanding } from '../personal-data/card-standing.tsx'
import { CardCompanies } from './card-companies.tsx'
import { CardConsents } from './card-consents.tsx'
import { CardFields } from './card-fields.tsx'
import { CardHousehold } from './card-household.tsx'
import { CardIdentities } from './card-identities.tsx'
import { CardLikenesses } from './card-likenesses.tsx'
import { CardMerges } from './card-merges.tsx'
import { CardTimeline } from './card-timeline.tsx'

/** What a block of a person's card is given. */
export interface PersonBlockProps {
  readonly person: CardWire
}
export type PersonBlock = CardBlock<PersonBlockProps>

/** Blocks of this module, in the order in which they stand unless a layout says otherwise. */
const own: readonly PersonBlock[] = [
  { id: 'standing', order: 50, title: 'customers.personalData.standing', component: CardStanding },
  { id: 'likenesses', order: 100, title: 'customers.maybeSame', component: CardLikenesses },
  { id: 'identities', order: 200, title: 'customers.identities', component: CardIdentities },
  { id: 'companies', order: 300, title: 'customers.companies', component: CardCompanies },
  { id: 'household', order: 350, title: 'customers.household.title', component: CardHousehold },
  { id: 'fields', order: 400, title: 'customers.fields.title', component: CardFields },
  { id: 'consents', order: 700, title: 'customers.consents', component: CardConsents },
  { id: 'merges', order: 800, title: 'customers.merges.title', component: CardMerges },
  { id: 'personalData', order: 850, title: 'customers.personalData.title', component: CardPersonalData },
  { id: 'timeline', order: 900, title: 'customers.timeline.title', component: CardTimeline },
]

/** All blocks that there are, own ones and those of other modules, in the order in which they stand by themselves. */
export function usePersonBlockList(): readonly PersonBlock[] {
  const others = useSlot('personBlocks')
  return [...own, ...others].toSorted((a, b) => a.order - b.order)
}

/** Blocks of a person's card that this operator may see, as the card is laid out for their role; `tried` = another layout, before it is saved. */
export const usePersonBlocks = (tried?: readonly LaidOutBlock[]): readonly PersonBlock[] =>
  useArranged('person', usePersonBlockList(), tried)
