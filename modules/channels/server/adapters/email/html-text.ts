/** Stands in the text where a mail program marks the start of the quoted talk; never shown. */
export const QUOTE_MARK = '\ue000'
/** Stands where a mail program marks the start of the signature. */
export const SIGNATURE_MARK = '\ue001'

/** Longer mail is cut: nobody reads it, and time must stay bounded. Characters. */
const MAX_HTML = 2_000_000

/**
 * Plain text of mail HTML as a reader sees it: blocks are lines, quoted blocks start with `> `, the places where mail programs begin
 * quote and signature carry marks. Not a sanitiser: the result is text and must be shown as text.
 */
export function htmlToText(html: string): string {
  const writer = new Writer()
  const tokens = html
    .slice(0, MAX_HTML)
    .matchAll(
      /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][\w:-]{0,60})((?:"[^"]{0,8000}"|'[^']{0,8000}'|[^'"<>])*)>|<[!?][^<>]{0,4000}>|[^<]+|</gi,
    )
  let skipped = ''
  for (const [token, slash, tagName, attributes = ''] of tokens) {
    const name = tagName?.toLowerCase() ?? ''
    if (skipped !== '') {
      if (slash === '/' && name === skipped) skipped = ''
      continue
    }
    if (name === '') {
      if (!token.startsWith('<!') && !token.startsWith('<?')) writer.text(decodeEntities(token))
    } else if (slash !== '/' && INVISIBLE.has(name) && !attributes.endsWith('/')) skipped = name
    else if (slash === '/') writer.close(name)
    else writer.open(name, attributes)
  }
  return writer.result()
}

const INVISIBLE = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'select', 'textarea', 'svg'])
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'pre', 'table', 'blockquote', 'dl'])
const LINES = new Set([
  'div',
  'tr',
  'li',
  'section',
  'article',
  'header',
  'footer',
  'address',
  'center',
  'dt',
  'dd',
  'form',
])

/** Where each mail program starts the quoted talk, by what it writes into the tag. */
const QUOTE_TAGS = [
  /\bclass\s*=\s*["']?[^"'>]*\b(gmail_quote|gmail_extra|moz-cite-prefix|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|OutlookMessageHeader|ms-outlook-mobile-reference-message|mail-quote-collapse|mailru-blockquote|js-helper-quote|fwdMessage)\b/i,
  /\bid\s*=\s*["']?(divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|replySplit|reply-intro|mail-editor-reference-message-container|zwchr|stopSpelling|isForwardContent|yahoo_quoted|3D"?divRplyFwdMsg)/i,
  // Outlook 2007 and later draw this line above the quoted header block.
  /border-top\s*:\s*(solid|1\.?0?p[tx] solid)\s*#?(B5C4DF|E1E1E1)\s*(1\.0pt)?|border-width\s*:\s*1\.?0?p[tx] (medium|0|none)[^;]*;\s*border-style\s*:\s*solid none none/i,
]
const SIGNATURE_TAGS =
  /\b(class|id|data-smartmail)\s*=\s*["']?[^"'>]*\b(gmail_signature|moz-signature|ms-outlook-mobile-signature|AppleMailSignature|protonmail_signature_block|mailru-signature|Signature)\b(?!-)/

class Writer {
  lines: string[] = []
  // Pieces of the line that is being written: asking a growing string for its end would copy it every time.
  pieces: string[] = []
  depth = 0
  preformatted = 0
  marked = false
  signed = false

  text(value: string): void {
    if (this.preformatted > 0) {
      const [first = '', ...rest] = value.split('\n')
      this.pieces.push(first)
      for (const next of rest) {
        this.endLine()
        this.pieces.push(next)
      }
      return
    }
    const collapsed = value.replace(/[ \t\r\n]+/g, ' ')
    const afterSpace = this.pieces.at(-1)?.endsWith(' ') ?? true
    const piece = afterSpace ? collapsed.replace(/^ /, '') : collapsed
    if (piece !== '') this.pieces.push(piece)
  }

  open(name: string, attributes: string): void {
    this.mark(attributes)
    if (name === 'br') this.endLine()
    else if (name === 'hr') this.block(1)
    else if (PARAGRAPHS.has(name)) this.block(name === 'p' || name === 'blockquote' ? 1 : 0)
    else if (LINES.has(name)) this.block(0)
    if (name === 'li') this.pieces = ['- ']
    if ((name === 'td' || name === 'th') && this.pieces.length > 0) this.pieces.push(' ')
    if (name === 'pre') this.preformatted++
    if (name === 'blockquote') this.depth++
  }

  close(name: string): void {
    if (PARAGRAPHS.has(name)) this.block(1)
    else if (LINES.has(name)) this.block(0)
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted - 1)
    if (name === 'blockquote') this.depth = Math.max(0, this.depth - 1)
  }

  mark(attributes: string): void {
    if (!this.marked && QUOTE_TAGS.some((pattern) => pattern.test(attributes))) {
      this.marked = true
      this.block(0)
      this.lines.push(QUOTE_MARK)
    } else if (!this.signed && !this.marked && SIGNATURE_TAGS.test(attributes)) {
      this.signed = true
      this.block(0)
      this.lines.push(SIGNATURE_MARK)
    }
  }

  /** Ends a started line and leaves at least this many blank lines. */
  block(blankLines: 0 | 1): void {
    if (this.pieces.some((piece) => piece.trim() !== '')) this.endLine()
    this.pieces = []
    const last = this.lines.at(-1)
    if (
      blankLines === 1 &&
      last !== undefined &&
      last.replaceAll('>', '').trim() !== '' &&
      !/[\ue000\ue001]/.test(last)
    )
      this.endLine()
  }

  endLine(): void {
    this.lines.push(('> '.repeat(Math.min(this.depth, 20)) + this.pieces.join('')).trimEnd())
    this.pieces = []
  }

  result(): string {
    this.block(0)
    return this.lines
      .join('\n')
      .replaceAll('\u00a0', ' ')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  }
}

/** HTML's names of U+00A0 to U+00FF, in order. */
const LATIN1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const NAMED = new Map<string, string>([
  ...LATIN1.split(' ').map((name, offset): [string, string] => [name, String.fromCharCode(0xa0 + offset)]),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    ndash: '–',
    mdash: '—',
    hellip: '…',
    bull: '•',
  }),
  ...Object.entries({ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', sbquo: '‚', euro: '€', trade: '™' }),
  ...Object.entries({
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    zwnj: '',
    zwj: '',
    larr: '←',
    rarr: '→',
    minus: '−',
    numero: '№',
  }),
])

/** Text with HTML character references replaced; unknown ones stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,30}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(name) ?? whole
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
  })
}
