/** Nothing runs and nothing is sent. Pictures come with the mail; those of other servers only by the reader's leave. */
export const mailPagePolicy = ({ withImages }: { withImages: boolean }): string =>
  [
    "default-src 'none'",
    `img-src 'self' data:${withImages ? ' https: http:' : ''}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    // Own origin only so that the window can measure the page: without scripts nothing in it can use that.
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ')

const STYLE = `
html { color-scheme: light }
body { margin: 10px 12px; color: #1b2329; background: #fff; font: 14px/1.5 system-ui, 'Segoe UI', Roboto, Arial, sans-serif; overflow-wrap: anywhere }
img { max-width: 100%; height: auto }
img[data-remote-src]:not([src]) { display: none }
table { max-width: 100% }
blockquote { margin: 8px 0; padding-left: 10px; border-left: 2px solid #d8dee3; color: #5a6670 }
pre { white-space: pre-wrap }
`

/** A whole page around the sanitised HTML of a mail, for a sandboxed frame. Remote images wait in `data-remote-src` until asked for. */
export function mailPage(html: string, { withImages }: { withImages: boolean }): string {
  const body = withImages ? html.replaceAll(/(<img\b[^>]*?)\bdata-remote-src=/gi, '$1src=') : html
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${STYLE}</style></head><body>${body}</body></html>`
}
