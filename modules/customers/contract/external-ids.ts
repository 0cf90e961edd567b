/**
 * Products whose numbers of customers are kept apart: 7 there is somebody else than 7 here. Such a number is written with the product before it, `amocrm:7`, wherever
 * it is stored, exported, asked for or typed; one without a product is the company's own.
 */
export const numberingProducts = ['amocrm', 'bitrix24', 'hubspot', 'salesforce'] as const
export type NumberingProduct = (typeof numberingProducts)[number]

/** The number that a product gave, with the product. */
export const externalIdOf = (product: NumberingProduct, number: string): string => `${product}:${number}`

/** A stored number, taken apart; `product` null = the company's own. */
export function readExternalId(value: string): { product: NumberingProduct | null; number: string } {
  const product = numberingProducts.find((one) => value.startsWith(`${one}:`) && value.length > one.length + 1)
  return product ? { product, number: value.slice(product.length + 1) } : { product: null, number: value }
}
