/** Runs once, this many milliseconds after the first of a burst of calls. */
export function soon(delayMs: number, run: () => void): () => void {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      run()
    }, delayMs)
  }
}
