/** Waits until `look` gives something other than undefined, null or false; fails after `limitMs` with what it saw last. */
export async function eventually<Result>(
  look: () => Promise<Result> | Result,
  limitMs = 30_000,
): Promise<NonNullable<Result>> {
  const end = Date.now() + limitMs
  for (;;) {
    const result = await look()
    if (result) return result
    if (Date.now() > end) throw new Error(`It did not happen within ${limitMs} ms: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
