import fc from 'fast-check'
import { oddText } from './hostile-mail.ts'

const NAMES = ['token', 'files', 'file', 'name', 'message', '__proto__', '_id', '']
const part = fc
  .tuple(
    fc.constantFrom('form-data', 'attachment', ''),
    fc.constantFrom(...NAMES),
    fc.option(fc.oneof(fc.constantFrom('a.png', '', '../x', 'a.txt"; x="'), oddText), { nil: undefined }),
    fc.constantFrom('', 'text/plain', 'application/json', 'application/octet-stream', 'image/png; charset=x'),
    fc.oneof(oddText, fc.constant('{"a":')),
    fc.constantFrom('\r\n\r\n', '\r\n', ''),
  )
  .map(([kind, name, file, type, body, gap]) => {
    const disposition = `Content-Disposition: ${kind}; name="${name}"${file === undefined ? '' : `; filename="${file}"`}`
    return `${disposition}${type === '' ? '' : `\r\nContent-Type: ${type}`}${gap}${body}`
  })

/** Multipart bodies that are nearly right: parts without names, ends, gaps; boundaries that are missing, wrong or endless. */
export const hostileMultipart: fc.Arbitrary<{ body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> = fc
  .tuple(
    fc.array(part, { maxLength: 4 }),
    fc.constantFrom('--b--\r\n', '--b--', '--b', '', '--c--'),
    fc.constantFrom(
      '; boundary=b',
      '; boundary="b"',
      '; boundary=c',
      '; boundary=',
      '',
      `; boundary=${'b'.repeat(300)}`,
    ),
  )
  .map(([parts, end, boundary]) => ({
    body: new Uint8Array(Buffer.from(parts.map((one) => `--b\r\n${one}\r\n`).join('') + end)),
    headers: { 'content-type': `multipart/form-data${boundary}` },
  }))
