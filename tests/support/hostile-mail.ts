import fc from 'fast-check'

/** Pieces that parsers trip over, alone and in long runs. */
const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\t',
  ' ',
  '\0',
  '<',
  '>',
  '"',
  "'",
  '\\',
  '(',
  ')',
  '[',
  ']',
  ',',
  ';',
  ':',
  '@',
  '=',
  '?',
  '=?',
  '?=',
  '--',
  '- ',
  '> ',
  '>',
  '|',
  '&',
  '&#',
  '&lt',
  '<a ',
  '<!--',
  '</',
  '<blockquote>',
  '<div class="gmail_quote">',
  '=\r\n',
  '=20',
  '=3D',
  '%',
  '.',
  '/',
  '..',
  'a',
  'я',
  '1',
  '-',
  '_',
  '\u200f',
  '\u202e',
  '\ufeff',
  '😀',
  '=?utf-8?B?',
  '=?koi8-r?Q?=',
  'On ',
  ' wrote:',
  'From:',
  'Date:',
  '-----',
  'Original Message',
  'Sent from my ',
  'boundary="',
  'charset=',
  "filename*0*=utf-8''",
  '550 5.1.1 ',
] as const

/** The same piece, or two in turn, over and over: what makes a careless pattern take quadratic time. */
const run = fc
  .tuple(
    fc.constantFrom(...PIECES),
    fc.constantFrom(...PIECES, ''),
    fc.oneof({ weight: 6, arbitrary: fc.nat(30) }, fc.nat(20_000)),
  )
  .map(([one, other, times]) => (one + other).repeat(times))

/** Half words, half trouble. */
export const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      run,
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))

const CHARSETS = [
  'utf-8',
  'koi8-r',
  'windows-1251',
  'utf-16',
  'utf-7',
  'iso-2022-jp',
  'gb18030',
  'x-none',
  '',
  'us-ascii',
  'cp866',
]

const encodedWord = fc
  .tuple(
    fc.constantFrom(...CHARSETS),
    fc.constantFrom('B', 'Q', 'b', 'X'),
    fc.oneof(fc.base64String({ maxLength: 40 }), oddText),
  )
  .map(([charset, encoding, body]) => `=?${charset}?${encoding}?${body}?=`)

const ADDRESSES = [
  'a@b.example',
  '<a@b.example>',
  '"A, B" <c@d.example>',
  'group: a@b.example, c@d.example;',
  '<>',
  'a@',
  '<mailto:x@y.example>',
]

const value = fc
  .array(
    fc.oneof(
      oddText,
      encodedWord,
      fc.constantFrom(
        ...ADDRESSES,
        '<id-1@b.example>',
        'Sun, 22 Nov 2026 10:00:00 +0300',
        'auto-replied',
        'bulk',
        'failed',
        '5.1.1',
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(' '))

const NAMES = [
  'From',
  'To',
  'Cc',
  'Sender',
  'Reply-To',
  'Return-Path',
  'Delivered-To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'Precedence',
  'List-Id',
  'List-Post',
  'X-Failed-Recipients',
  'Authentication-Results',
  'Received',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Content-Disposition',
  'Content-ID',
] as const

const header = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, oddText),
    value,
    fc.constantFrom(': ', ':', ' : ', ':\r\n '),
  )
  .map(([name, text, colon]) => `${name}${colon}${text}`)
const headers = fc.array(header, { maxLength: 8 }).map((lines) => lines.map((line) => `${line}\r\n`).join(''))

const LEAVES = [
  'text/plain',
  'text/html',
  'text/plain; format=flowed; delsp=yes',
  'text/calendar',
  'image/png; name="../x.png"',
  'application/octet-stream',
  'message/rfc822',
  'message/delivery-status',
  'text/rfc822-headers',
  'application/ms-tnef',
  'message/partial',
  'garbage',
]
const ENCODINGS = ['7bit', '8bit', 'base64', 'quoted-printable', 'x-uuencode', '']

const REPORT =
  'Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; c@d.example\r\nAction: failed\r\nStatus: 5.1.1\r\n'
const body = fc.oneof(
  oddText,
  fc.array(oddText, { maxLength: 5 }).map((lines) => lines.join('\r\n')),
  fc.base64String({ maxLength: 200 }),
  fc.constant(REPORT),
)

const { entity } = fc.letrec<{ entity: string; leaf: string; multipart: string }>((tie) => ({
  leaf: fc
    .tuple(fc.constantFrom(...LEAVES), fc.constantFrom(...CHARSETS), fc.constantFrom(...ENCODINGS), headers, body)
    .map(([type, charset, encoding, more, text]) => {
      const kind = charset === '' ? type : `${type}; charset="${charset}"`
      return `${more}Content-Type: ${kind}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${text}`
    }),
  multipart: fc
    .tuple(
      fc.constantFrom('mixed', 'alternative', 'related', 'report; report-type=delivery-status', 'signed', 'x'),
      fc.oneof(fc.constantFrom('b', 'b b', '=_b', '(.*)+', ''), fc.string({ maxLength: 6 })),
      headers,
      fc.array(tie('entity'), { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([kind, mark, more, parts, isClosed]) => {
      const inner = parts.map((part) => `--${mark}\r\n${part}\r\n`).join('')
      return `${more}Content-Type: multipart/${kind}; boundary="${mark}"\r\n\r\n${inner}${isClosed ? `--${mark}--\r\n` : ''}`
    }),
  entity: fc.oneof({ maxDepth: 3, depthIdentifier: 'parts' }, tie('leaf'), tie('multipart')),
}))

/** Mails that nobody sends by accident: valid in outline, hostile in every detail. Latin-1 or UTF-8 bytes. */
export const hostileMail: fc.Arbitrary<Buffer> = fc
  .tuple(headers, entity, fc.constantFrom('utf8' as const, 'latin1' as const))
  .map(([top, rest, encoding]) => Buffer.from(`From: "Имя" <a@b.example>\r\n${top}${rest}`, encoding))
