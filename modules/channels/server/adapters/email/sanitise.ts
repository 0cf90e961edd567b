import sanitizeHtml from 'sanitize-html'

const TAGS = (
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption ' +
  'figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong ' +
  'sub summary details sup table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ')

/** Elements whose content is not text for a reader. */
const DROPPED_WITH_CONTENT = [
  'style',
  'script',
  'textarea',
  'option',
  'noscript',
  'title',
  'head',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
]

/** Lengths, colours, keywords, font names: no brackets but those of rgb() and hsl(), so no url(), expression() or var(). */
const VALUE =
  /^(?!.*(?:url|expression|javascript|import|@|\\))[-\w\s.,%#'"!/]*(?:(?:rgb|hsl)a?\([\d\s.,%/]+\)[-\w\s.,%#'"!/]*)*$/i
/** Sizes that cannot cover what lies around the mail. */
const SIZE =
  /^-?\d{1,4}(?:\.\d+)?(?:px|pt|em|rem|ex|%|cm|mm|in)?(?:\s+-?\d{1,4}(?:\.\d+)?(?:px|pt|em|rem|ex|%)?){0,3}$|^auto$|^normal$|^inherit$/i

const STYLES: Record<string, RegExp[]> = {
  ...Object.fromEntries(
    (
      'color background-color font font-family font-size font-weight font-style font-variant line-height letter-spacing word-spacing text-align ' +
      'text-decoration text-indent text-transform vertical-align white-space word-break overflow-wrap direction list-style-type border ' +
      'border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing ' +
      'caption-side empty-cells table-layout float clear display'
    )
      .split(' ')
      .map((name) => [name, [VALUE]]),
  ),
  ...Object.fromEntries(
    'margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left width height max-width max-height min-width min-height'
      .split(' ')
      .map((name) => [name, [SIZE]]),
  ),
}

export interface SanitiseOptions {
  /** Address under which the image of a Content-ID is served; null leaves the picture out. */
  cidUrl(contentId: string): string | null
  /** True once the reader allowed remote images; until then they are in `data-remote-src`. */
  readonly remoteImages?: boolean
}

/**
 * HTML of a mail made fit for display, by an allow-list: no scripts, forms, frames, handlers, external styles, refreshes or bases; links
 * open outside and tell nothing; remote images wait in `data-remote-src` for the reader's leave. Show it in a sandboxed frame all the same.
 */
export function sanitiseMailHtml(html: string, options: SanitiseOptions): string {
  return sanitizeHtml(html.slice(0, MAX_HTML), {
    allowedTags: TAGS,
    nonTextTags: DROPPED_WITH_CONTENT,
    disallowedTagsMode: 'discard',
    nestingLimit: 100,
    allowedAttributes: {
      '*': [
        'style',
        'align',
        'valign',
        'width',
        'height',
        'bgcolor',
        'dir',
        'lang',
        'title',
        'border',
        'cellpadding',
        'cellspacing',
        'colspan',
        'rowspan',
        'nowrap',
      ],
      a: ['href', 'name', 'rel', 'target'],
      img: ['src', 'alt', 'data-remote-src'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      ul: ['type'],
      blockquote: ['type'],
      time: ['datetime'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'data-remote-src'],
    allowProtocolRelative: false,
    allowedStyles: { '*': STYLES },
    transformTags: {
      a: (tagName, { href, rel: _rel, target: _target, ...attribs }) => ({
        tagName,
        // A relative link would lead into our own pages.
        attribs: isOutside(href)
          ? { ...attribs, href: href.trim(), rel: 'noopener noreferrer nofollow', target: '_blank' }
          : attribs,
      }),
      img: (tagName, attribs) => ({ tagName, attribs: imageAttributes(attribs, options) }),
      body: 'div',
    },
  })
}

const isOutside = (href: string | undefined): href is string => /^\s*(https?:\/\/|mailto:|tel:)/i.test(href ?? '')

/** Characters; what lies beyond is cut. */
const MAX_HTML = 2_000_000

function imageAttributes(attribs: Record<string, string>, options: SanitiseOptions): Record<string, string> {
  const { src = '', 'data-remote-src': _forged, srcset: _srcset, ...rest } = attribs
  const address = src.trim()
  if (/^cid:/i.test(address)) {
    const url = options.cidUrl(decodeCid(address.slice(4)))
    return url ? { ...rest, src: url } : rest
  }
  if (/^data:image\/(png|jpeg|gif|webp);base64,[\w+/=\s]+$/i.test(address)) return { ...rest, src: address }
  if (!/^https?:\/\//i.test(address)) return rest
  return options.remoteImages ? { ...rest, src: address } : { ...rest, 'data-remote-src': address }
}

function decodeCid(value: string): string {
  try {
    return decodeURIComponent(value.trim())
  } catch {
    return value.trim() // a stray per cent sign: the id is taken as it is written
  }
}
