const PAUSE_MS = 2_000

/**
 * The script of a page, whenever Okno brings it: while nobody answers it is asked for again, because the router would load the window anew, which
 * takes away what stands in it and ends on the browser's own page. A script that is gone for good, as after an upgrade, is left to the router.
 */
export async function loadPage<Page>(load: () => Promise<Page>): Promise<Page> {
  for (;;) {
    try {
      return await load()
    } catch (error) {
      if (await isAnswered()) throw error
    }
    // Up to twice as long, so that windows do not come all at once.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (1 + Math.random())))
  }
}

const isAnswered = () =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ status }) => status < 500,
    () => false,
  )
