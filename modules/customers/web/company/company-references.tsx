import { Referring } from '#modules/objects/web'
import type { CompanyBlockProps } from './company-blocks.ts'

/** Records of the company's own, and other cards, that name this company. */
export const CompanyReferences = ({ company: { id } }: CompanyBlockProps) => <Referring object="company" id={id} />
