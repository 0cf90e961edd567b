import { Avatar } from '@mantine/core'

/** Those of the design system's colours whose letters reach 4.5 : 1 on their light ground. */
const HUES = ['okno', 'indigo', 'grape', 'blue', 'cyan', 'pink', 'violet']

const hueOf = (id: string) => {
  let sum = 0
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return HUES[sum % HUES.length] ?? 'okno'
}

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word))
    .slice(0, 2)
    .map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, '')][0]?.toUpperCase() ?? '')
    .join('') || '·'

/** A face for a name: a picture, or letters on a colour that stays the same for the same id. Decoration: the name stands beside it. */
export function Initials({
  id,
  name,
  size = 32,
  picture,
}: {
  id: string
  name: string
  size?: number
  /** Its address; the letters stand there when it does not come. */
  picture?: string | null | undefined
}) {
  return (
    <Avatar
      size={size}
      radius="xl"
      color={hueOf(id)}
      variant="light"
      aria-hidden
      {...(picture ? { src: picture, imageProps: { loading: 'lazy' as const } } : {})}
    >
      {initialsOf(name)}
    </Avatar>
  )
}
