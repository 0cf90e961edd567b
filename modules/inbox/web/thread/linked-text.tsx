import { Fragment } from 'react'

const LINK = /(https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]}'’])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gu

/** Plain words with their web and mail addresses made into links. */
export function LinkedText({ text }: { text: string }) {
  const parts: { text: string; href?: string; at: number }[] = []
  let at = 0
  for (const match of text.matchAll(LINK)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), at })
    parts.push({ text: match[0], href: match[1] ? match[0] : `mailto:${match[0]}`, at: match.index })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ text: text.slice(at), at })
  return parts.map((part) =>
    part.href ? (
      <a key={part.at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    ) : (
      <Fragment key={part.at}>{part.text}</Fragment>
    ),
  )
}
