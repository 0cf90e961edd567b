import type { StoredArrival } from './arrivals.queries.ts'
import { type ChannelAccount, type ChannelFact, type FileRef, Unreadable } from './channel-adapter.ts'
import { storable } from './storable.ts'

/** An arrival whose payload was read: its facts with the bytes of their files, or why not. */
export interface ReadArrival {
  readonly arrival: StoredArrival
  readonly facts: readonly ChannelFact[]
  readonly contents: ReadonlyMap<FileRef, Uint8Array>
  readonly failure: Error | undefined
}

/** Turns a stored payload into facts, outside any transaction: parsing and loading files may take long. */
export async function readFacts(account: ChannelAccount, arrival: StoredArrival): Promise<ReadArrival> {
  const { key, receivedAt, headers, body } = arrival
  try {
    const facts = storable(await account.normalise({ key, receivedAt, headers, body }))
    return { arrival, facts, contents: await loadFiles(account, facts), failure: undefined }
  } catch (error) {
    // A bug of one adapter must not stop the other arrivals; it is stored with the arrival and shown.
    return {
      arrival,
      facts: [],
      contents: new Map(),
      failure: error instanceof Error ? error : new Error(String(error)),
    }
  }
}

async function loadFiles(account: ChannelAccount, facts: readonly ChannelFact[]): Promise<Map<FileRef, Uint8Array>> {
  const contents = new Map<FileRef, Uint8Array>()
  for (const fact of facts) {
    if (fact.type !== 'message') continue
    for (const file of fact.files) {
      const content = file.content ?? (await account.download?.(file))
      if (!content) throw new Unreadable(`The file ${file.name} has neither bytes nor an address.`)
      contents.set(file, content)
    }
  }
  return contents
}
