import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Writes a megabyte where no file may become so large: as on a disk that is full, a part of it gets there. */
const program = (folder: string) => `
  import { randomBytes } from 'node:crypto'
  import { createDiskFileStore } from '${import.meta.dirname}/files.ts'
  const store = createDiskFileStore('${folder}')
  await store.write('workspace', randomBytes(32), randomBytes(1_000_000)).catch((error) => console.log(error.code))
`

test.runIf(process.platform !== 'win32')(
  'a file for which there is no room leaves nothing of itself behind',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'okno-files-'))
    const child = spawn(
      'sh',
      ['-c', 'ulimit -f 100 && exec "$0" --input-type=module -e "$1"', process.execPath, program(folder)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })

    await once(child, 'close')

    expect(said.trim()).toBe('EFBIG')
    const left = await readdir(folder, { recursive: true, withFileTypes: true })
    expect(left.filter((entry) => entry.isFile())).toEqual([])
    await rm(folder, { recursive: true })
  },
)
