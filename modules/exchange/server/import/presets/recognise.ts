import { headingForm } from '../mapping-words.ts'
import { amocrm } from './amocrm.ts'
import { bitrix24 } from './bitrix24.ts'
import { google } from './google.ts'
import { hubspot } from './hubspot.ts'
import { outlook } from './outlook.ts'
import type { Preset } from './preset.ts'
import { salesforce } from './salesforce.ts'

const PRESETS: readonly Preset[] = [amocrm, bitrix24, hubspot, salesforce, google, outlook]

/** The product whose export has these headings; undefined when none is recognised. */
export function recognisePreset(names: readonly string[]): Preset['key'] | undefined {
  const known = new Set(names.map(headingForm))
  const has = (heading: string) => known.has(headingForm(heading))
  return PRESETS.find(({ signs }) => signs.some((sign) => sign.every(has)))?.key
}

/** What a heading of such an export means: a field, null = left out, undefined = as usual. */
export function presetTarget(preset: string | undefined, object: string, name: string): string | null | undefined {
  const headings = PRESETS.find(({ key }) => key === preset)?.headings[object] ?? {}
  const found = Object.keys(headings).find((heading) => headingForm(heading) === headingForm(name))
  return found === undefined ? undefined : headings[found]
}
