/** An export of another product, recognised by headings that only it has. */
export interface Preset {
  readonly key: 'amocrm' | 'bitrix24' | 'hubspot' | 'salesforce' | 'google' | 'outlook'
  /** A file is such an export when it has all headings of one of these. */
  readonly signs: readonly (readonly string[])[]
  /** Headings that mean something else than usual, by object; null = left out. */
  readonly headings: Readonly<Record<string, Readonly<Record<string, string | null>>>>
}
