import type { ImportCard, ImportRow } from '../../modules/exchange/contract/index.ts'
import { API_KEY, eventually, type TestOkno } from './platform.ts'

/** Uploads a file to import, as the administrator. */
export async function uploadImport(
  okno: TestOkno,
  file: string | Uint8Array,
  { name = 'list.csv', object = 'person' } = {},
) {
  const form = new FormData()
  form.append('file', new Blob([typeof file === 'string' ? file : Uint8Array.from(file)]), name)
  const response = await fetch(`${okno.url}/api/v1/imports?object=${object}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}` },
    body: form,
  })
  // The shape that the API promises; a problem has `code` in its place.
  return { status: response.status, body: (await response.json()) as ImportCard & { code?: string } }
}

/** Starts something with an import and waits until it is over; a run, until search finds what it made. */
export async function moveImport(okno: TestOkno, id: string, move: 'check' | 'run' | 'undo'): Promise<ImportCard> {
  const answer = await okno.call('POST', `/imports/${id}/${move}`)
  if (answer.status !== 200) throw new Error(`${move}: ${JSON.stringify(answer.body)}`)
  const over = { check: 'checked', run: 'done', undo: 'undone' }[move]
  return eventually(async () => {
    const { body } = await okno.call('GET', `/imports/${id}`)
    const isFound = move !== 'run' || body.searched === null || body.searched === body.done
    return (body.state === over && isFound) || body.state === 'failed' ? body : undefined
  })
}

export const rowsOf = async (okno: TestOkno, id: string, query = ''): Promise<ImportRow[]> =>
  (await okno.call('GET', `/imports/${id}/rows?limit=200${query}`)).body.items

/** From file to cards, with what was suggested unless `patch` says otherwise. */
export async function importFile(
  okno: TestOkno,
  file: string | Uint8Array,
  options: { name?: string; object?: string; patch?: object } = {},
) {
  const { status, body } = await uploadImport(okno, file, options)
  if (status !== 201) throw new Error(JSON.stringify(body))
  if (options.patch) {
    const patched = await okno.call('PATCH', `/imports/${body.id}`, options.patch)
    if (patched.status !== 200) throw new Error(JSON.stringify(patched.body))
  }
  await moveImport(okno, body.id, 'check')
  return moveImport(okno, body.id, 'run')
}

/** The card that is found first by these words, whole. */
export async function foundPerson(okno: TestOkno, text: string) {
  const { body } = await okno.call('GET', `/people?q=${encodeURIComponent(text)}`)
  const found = body.items[0]
  return found && (await okno.call('GET', `/people/${found.id}`)).body
}
