import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import '../../platform/web/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import {
  collectSlots,
  comeBackByItself,
  createLiveClient,
  createQueryClient,
  cssVariables,
  forgetOldUnsaved,
  LiveProvider,
  SlotProvider,
  startI18n,
  tellClipped,
  theme,
} from '#platform/web'
import { ownLocales } from './locales.ts'
import { modules } from './modules.ts'
import { createAppRouter } from './router.tsx'

const Notifications = lazy(() =>
  import('@mantine/notifications').then((library) => ({ default: library.Notifications })),
)

const live = createLiveClient()
const cache = createQueryClient(() => {
  live.stop()
  const { pathname, search } = window.location
  if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: pathname + search } })
})
const router = createAppRouter(modules)
live.onMissed(() => void cache.invalidateQueries())
// Whether the session is over is told by the next answer, which then leads to the sign-in.
live.onRefused(() => void cache.invalidateQueries())
comeBackByItself(cache, live)
for (const { follow } of modules) follow?.(live, cache)

tellClipped(document)
forgetOldUnsaved()

await startI18n(ownLocales, Object.fromEntries(modules.map(({ name, locales }) => [name, locales])))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={cache}>
        <LiveProvider value={live}>
          <SlotProvider value={collectSlots(modules)}>
            <RouterProvider router={router} />
          </SlotProvider>
        </LiveProvider>
      </QueryClientProvider>
      <Suspense>
        <Notifications position="bottom-right" limit={3} />
      </Suspense>
    </MantineProvider>
  </StrictMode>,
)
