import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const RESULTS = path.resolve(import.meta.dirname, '../results')

/** Latencies in milliseconds, summed up. */
export interface Latencies {
  median: number
  p95: number
  p99: number
  max: number
}

export function summarise(samples: number[]): Latencies {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

/** How far single figures lie apart. */
export const spread = (samples: readonly number[]) => {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (place: number) => round(sorted[place] ?? Number.NaN)
  return { median: at(Math.floor(sorted.length / 2)), lowest: at(0), highest: at(sorted.length - 1) }
}

export const round = (value: number) => Math.round(value * 100) / 100

/** Prints figures as they are compared, and keeps them as `bench/results/<name>.json`. */
export async function report(name: string, figures: Record<string, unknown>): Promise<void> {
  console.log(`\n${name}`)
  for (const [label, value] of Object.entries(figures)) {
    console.log(`  ${label.padEnd(34)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  }
  await mkdir(RESULTS, { recursive: true })
  await writeFile(
    path.join(RESULTS, `${name}.json`),
    `${JSON.stringify({ name, at: new Date().toISOString(), ...figures }, null, 2)}\n`,
  )
}
