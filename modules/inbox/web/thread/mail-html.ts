const REMOTE = /\bdata-remote-src=/i
/** Marks of a layout that plain words would lose. */
const LAID_OUT = /<(table|img|h[1-3]|ul|ol|b|strong|font)\b|\b(background|bgcolor|color)[:=]/i

export const hasRemoteImages = (html: string): boolean => REMOTE.test(html)

/** True when the mail is more than paragraphs: then its own layout is worth a frame. */
export const isLaidOut = (html: string): boolean => LAID_OUT.test(html)

/** Nothing runs, nothing loads but pictures that came with the mail. */
const POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"

const STYLE = `
  html { color-scheme: light; }
  body { margin: 10px 12px; color: #1b2329; background: #fff; font: 14px/1.5 system-ui, 'Segoe UI', Roboto, Arial, sans-serif; overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; }
  img[data-remote-src]:not([src]) { display: none; }
  table { max-width: 100%; }
  blockquote { margin: 8px 0; padding-left: 10px; border-left: 2px solid #d8dee3; color: #5a6670; }
  pre { white-space: pre-wrap; }
`

/** A whole page around a sanitised mail, for the sandboxed frame. */
export const mailPage = (html: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank"><style>${STYLE}</style></head><body>${html}</body></html>`
