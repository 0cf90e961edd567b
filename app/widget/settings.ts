/** What the host page says in its script tag. */
export interface Settings {
  /** Okno's own address: where the script came from. No slash at the end. */
  readonly server: string
  readonly account: string
  readonly locale: string | undefined
  readonly theme: 'light' | 'dark' | 'auto'
  /** Keeps several visitors apart in one browser, on pages for trying out. */
  readonly profile: string
  readonly identity: string | undefined
  readonly signature: string | undefined
}

/** Settings of the script tag that is running, or null when it carries no account. */
export function readSettings(script: Element | null): Settings | null {
  if (!(script instanceof HTMLScriptElement)) return null
  const { account, locale, theme, profile = '', identity, signature } = script.dataset
  if (!account) return null
  return {
    server: new URL(script.src, location.href).origin,
    account,
    locale,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    profile,
    identity,
    signature,
  }
}
