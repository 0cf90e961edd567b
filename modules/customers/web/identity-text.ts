import type { TFunction } from 'i18next'
import { readExternalId } from '../contract/external-ids.ts'

/** An identity as people read it: a number that another product gave is called by its product. */
export function identityText(t: TFunction, { kind, value }: { kind: string; value: string }): string {
  const { product, number } = readExternalId(kind === 'external' ? value : '')
  return product ? t('customers.numberOf', { product: t(`customers.products.${product}`), number }) : value
}
