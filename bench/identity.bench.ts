import { tmpdir } from 'node:os'
import path from 'node:path'
import { findAlike } from '../modules/customers/server/identity/find-alike.ts'
import { findMatching, saveMatching } from '../modules/customers/server/identity/matching-state.queries.ts'
import { prepareCards } from '../modules/customers/server/identity/prepare-cards.ts'
import { beginScan, scanCards } from '../modules/customers/server/identity/scan-cards.ts'
import { readConfig } from '../platform/server/config.ts'
import { openPlatform } from '../platform/server/platform.ts'
import { report, round, summarise } from './support/figures.ts'
import { addPeople } from './support/identity/add-people.ts'
import { floorOf } from './support/identity/floor.ts'
import { type LabelledSet, labelledSets, withoutIds } from './support/identity/labelled-sets.ts'
import { measure, type Quality } from './support/identity/measure.ts'
import { russianSet } from './support/identity/russian-people.ts'
import { startOkno } from './support/okno.ts'

/**
 * Identity: precision, recall and F1 of "these two cards are one person" on public labelled sets and on people made here, each half whose
 * thresholds were never looked at (test) beside the other (train); the floor is equality of name and birthday, phone or mailbox. Then what one
 * card costs among many, and a scan of all. `CARDS` = number of cards (default a million, 0 = quality only), `IDENTITY_DATA` = folder of the sets.
 */
const CARDS = Number(process.env.CARDS ?? 1_000_000)
const REVIEW = 0.6
const AUTO = 0.99
const NEWCOMERS = 300

const sets: LabelledSet[] = labelledSets().flatMap((set) => (set.hasIds ? [set, withoutIds(set)] : [set]))
const figures: Record<string, unknown> = {}
for (const set of [...sets, russianSet(6000, 7), russianSet(6000, 2026)]) {
  const { at, blockingRecall } = measure(set, [REVIEW, AUTO])
  const floor = floorOf(set)
  figures[set.name] = {
    test: told(at[0]?.test),
    train: told(at[0]?.train),
    'test at 0.99': told(at[1]?.test),
    floor: told(floor),
    'found by keys': round(blockingRecall * 100) / 100,
    others: set.others,
  }
}
await report('identity', CARDS > 0 ? { ...figures, ...(await measureScale()) } : figures)

function told(quality: Quality | undefined) {
  if (!quality) return null
  const { precision, recall, f1 } = quality
  const short = (share: number) => Math.round(share * 10_000) / 10_000
  return { precision: short(precision), recall: short(recall), f1: short(f1) }
}

async function measureScale() {
  const okno = await startOkno({ OKNO_ROLES: 'web' })
  const config = readConfig({ OKNO_DATA_DIR: path.join(tmpdir(), 'okno-bench-identity'), OKNO_LOG_LEVEL: 'warn' })
  const platform = openPlatform(config, okno.databaseUrl)
  try {
    const [workspace] = await okno.query<{ id: string }>('select id from platform.workspaces')
    if (!workspace) throw new Error('No workspace.')
    await addPeople(okno, workspace.id, { from: 0, count: CARDS })
    await okno.query('analyze')
    await platform.transaction(workspace.id, (tx) => saveMatching(tx, { scan: beginScan(new Date()) }))
    const began = performance.now()
    await scanCards(platform)(workspace.id)
    const scanSeconds = (performance.now() - began) / 1000
    const { scan } = await platform.transaction(workspace.id, findMatching)
    const ids = await addPeople(okno, workspace.id, { from: CARDS, count: NEWCOMERS })
    const samples: number[] = []
    for (const id of ids) {
      const start = performance.now()
      await platform.transaction(workspace.id, async (tx) => {
        await findAlike(tx, await findMatching(tx), await prepareCards(tx, [id]))
      })
      samples.push(performance.now() - start)
    }
    return {
      cards: CARDS,
      'full scan s': round(scanSeconds),
      'pairs compared': scan?.pairs,
      'pairs suggested': scan?.found,
      'one new card ms': summarise(samples),
    }
  } finally {
    await platform.close()
    await okno.stop()
  }
}
