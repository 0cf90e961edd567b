import type { Guard } from './guard.ts'

const MARKS = ['<!-- guards -->', '<!-- /guards -->'] as const

const link = (file: string) => `[${file.split('/').at(-1)}](${file})`

/** SECURITY.md with its table of threats, guards and tests written anew. @throws Error when the marks around the table are missing */
export function withGuardTable(document: string, guards: readonly Guard[]): string {
  const rows = guards.map(({ threat, guard, file, test }, i) => {
    const isSame = guards[i - 1]?.threat === threat
    return `| ${isSame ? '' : threat} | ${guard}: ${link(file)} | ${link(test)} |`
  })
  const table = ['| Threat | Guard | Fails without it |', '|---|---|---|', ...rows].join('\n')
  const [start, end] = MARKS.map((mark) => document.indexOf(mark))
  if (start === undefined || end === undefined || start < 0 || end < start) throw new Error(`${MARKS[0]} is missing.`)
  return `${document.slice(0, start + MARKS[0].length)}\n${table}\n${document.slice(end)}`
}
