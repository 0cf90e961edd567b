import type { Guard } from './guard.ts'

/**
 * The code without the guard.
 *
 * @throws Error when the text is not there as often as the list says: the code moved on, and the list must follow
 */
export function withoutGuard(code: string, { file, remove: [text, instead], times = 1 }: Guard): string {
  const found = code.split(text).length - 1
  if (found !== times) throw new Error(`${file} has this ${found} times instead of ${times}: ${text}`)
  return code.replaceAll(text, () => instead)
}
