import { useMe } from '#modules/access/web'
import { type CardBlock, useSlot } from '#platform/web'
import type { CompanyCardWire } from '../customers-api.ts'
import { CompanyAddresses } from './company-addresses.tsx'
import { CompanyDetails } from './company-details.tsx'
import { CompanyGroup } from './company-group.tsx'
import { CompanyLikenesses } from './company-likenesses.tsx'
import { CompanyPeople } from './company-people.tsx'
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
  { id: 'requisites', order: 400, title: 'customers.company.requisites', component: CompanyRequisites },
  { id: 'addresses', order: 500, title: 'customers.company.addresses', component: CompanyAddresses },
  { id: 'group', order: 600, title: 'customers.company.group', component: CompanyGroup },
  { id: 'timeline', order: 900, title: 'customers.timeline.title', component: CompanyTimeline },
]

/** All blocks of a company's card that this operator may see, own ones and those of other modules, in their order. */
export function useCompanyBlocks(): readonly CompanyBlock[] {
  const { permissions } = useMe()
  const others = useSlot('companyBlocks')
  return [...own, ...others]
    .filter(({ permission }) => !permission || permissions.includes(permission))
    .sort((a, b) => a.order - b.order)
}
