const REMOTE = /\bdata-remote-src=/i
/** Marks of a layout that plain words would lose. */
const LAID_OUT = /<(table|img|h[1-3]|ul|ol|b|strong|font)\b|\b(background|bgcolor|color)[:=]/i

export const hasRemoteImages = (html: string): boolean => REMOTE.test(html)

/** True when the mail is more than paragraphs: then its own layout is worth a frame. */
export const isLaidOut = (html: string): boolean => LAID_OUT.test(html)
