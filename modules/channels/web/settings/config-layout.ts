/** Which settings of a kind stand first; the rest is folded away. A kind without a layout shows everything. */
export interface Layout {
  readonly main: readonly string[]
  /** Secrets that Okno can make up itself. */
  readonly generated?: readonly string[]
  /** Values that a group begins with when it is switched on. */
  readonly begin?: Readonly<Record<string, Record<string, unknown>>>
}

export const layouts: Readonly<Record<string, Layout>> = {
  email: {
    main: ['address', 'name', 'smtp', 'imap', 'signature'],
    // The usual ports of TLS from the first byte: RFC 8314.
    begin: { smtp: { port: 465, security: 'tls' }, imap: { port: 993, security: 'tls', folders: ['INBOX'] }, dkim: {} },
  },
  webchat: {
    main: ['title', 'greeting', 'hours', 'colour', 'position', 'locale', 'allowedOrigins', 'askEmail', 'privacyUrl'],
    generated: ['identitySecret'],
  },
  api: { main: ['webhookUrl', 'secret', 'trustIdentities'], generated: ['secret'] },
}
