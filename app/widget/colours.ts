/** Relative luminance of `#rrggbb`. Source: WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)

const DARK = '#14171c'

/** The colour of text on an accent: white where it is readable (4.5 : 1), else nearly black, whichever reads better. */
export function textOn(accent: string): string {
  const background = luminance(accent)
  const onWhite = contrast(background, 1)
  return onWhite >= 4.5 || onWhite >= contrast(background, luminance(DARK)) ? '#ffffff' : DARK
}
