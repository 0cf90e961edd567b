export type Part = { readonly text: string; readonly href?: string }

/** Web and mail addresses; what follows a sentence is not part of one. */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'«»“”]+|\b[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\b/giu
const TAIL = /[.,;:!?)\]}…]+$/

/** Cuts a text into plain parts and addresses. Only http, https and mailto ever come out, and always as text: no markup is made here. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0])
    const href = hrefOf(address)
    if (!href) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index) })
    parts.push({ text: address, href })
    end = match.index + address.length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

function withoutTail(address: string): string {
  const tail = TAIL.exec(address)?.[0] ?? ''
  // A bracket that was opened inside the address belongs to it: wiki/Oak_(tree).
  const keepsBracket = tail.startsWith(')') && address.includes('(')
  return address.slice(0, address.length - tail.length + (keepsBracket ? 1 : 0))
}

function hrefOf(address: string): string | null {
  if (/^https?:/i.test(address)) return isWeb(address) ? address : null
  if (/^www\./i.test(address)) return isWeb(`https://${address}`) ? `https://${address}` : null
  return `mailto:${address}`
}

function isWeb(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol)
  } catch {
    return false
  }
}
