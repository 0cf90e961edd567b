/** So many letters of what the other side said stand in a row; all of it stands in its delivery. */
const SHORT = 140

/** Proxies answer with whole pages: their words without the tags, the last of which may be cut. */
export function inShort(answer: string): string {
  const words = answer
    .replaceAll(/<[/!]?[a-z][^>]*(?:>|$)/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return words.length > SHORT ? `${words.slice(0, SHORT).trimEnd()}…` : words
}
