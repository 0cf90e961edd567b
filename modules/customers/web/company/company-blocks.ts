import type { LaidOutBlock } from '#modules/customers/contract'
import { type CardBlock, useSlot } from '#platform/web'
import type { CompanyCardWire } from '../customers-api.ts'
import { useArranged } from '../layouts/layouts-api.ts'
import { CompanyAddresses } from './company-addresses.tsx'
import { CompanyDetails } from './company-details.tsx'
import { CompanyGroup } from './company-group.tsx'
import { CompanyLikenesses } from './company-likenesses.tsx'
import { CompanyPeople } from './company-people.tsx'
import { CompanyReferences } from './company-references.tsx'
import { CompanyRequisites } from './company-requisites.tsx'
import { CompanyTimeline } from './company-timeline.tsx'

/** What a block of a company's card is given. */
export interface CompanyBlockProps {
  readonly company: CompanyCardWire
}
export type CompanyBlock = CardBlock<CompanyBlockProps>

/** Blocks of this module, in the order in which they stand unless a layout says otherwise. */
const own: readonly CompanyBlock[] = [
  { id: 'likenesses', order: 100, title: 'customers.company.maybeSame', component: CompanyLikenesses },
  { id: 'people', order: 200, title: 'customers.people', component: CompanyPeople },
  { id: 'fields', order: 300, title: 'customers.fields.title', component: CompanyDetails },
  { id: 'references', order: 350, title: 'customers.references', component: CompanyReferences },
  { id: 'requisites', order: 400, title: 'customers.company.requisites', component: CompanyRequisites },
  { id: 'addresses', order: 500, title: 'customers.company.addresses', component: CompanyAddresses },
  { id: 'group', order: 600, title: 'customers.company.group', component: CompanyGroup },
  { id: 'timeline', order: 900, title: 'customers.timeline.title', component: CompanyTimeline },
]

/** All blocks that there are, own ones and those of other modules, in the order in which they stand by themselves. */
export function useCompanyBlockList(): readonly CompanyBlock[] {
  const others = useSlot('companyBlocks')
  return [...own, ...others].toSorted((a, b) => a.order - b.order)
}

/** Blocks of a company's card that this operator may see, as the card is laid out for their role; `tried` = another layout, before it is saved. */
export const useCompanyBlocks = (tried?: readonly LaidOutBlock[]): readonly CompanyBlock[] =>
  useArranged('company', useCompanyBlockList(), tried)
