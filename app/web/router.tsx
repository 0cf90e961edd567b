import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router'
import { ErrorState, LoadingState, type ModuleRoute, type WebModule } from '#platform/web'
import { loadPage } from './load-page.ts'
import { NotFound } from './not-found.tsx'
import { Permitted } from './permitted.tsx'
import { Shell } from './shell.tsx'

/** One address tree out of all modules' routes: those in the frame need a session, bare ones do not. */
export function createAppRouter(modules: readonly WebModule[]) {
  const root = createRootRoute({ component: Outlet })
  const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Shell })
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <Navigate to="/inbox" replace />,
  })
  const routes = modules.flatMap((module) => module.routes ?? [])
  const toRoute = (parent: typeof frame | typeof root, route: ModuleRoute) => {
    const Page = lazyRouteComponent(() => loadPage(route.load), 'default')
    const { permission } = route
    const component = permission
      ? () => (
          <Permitted permission={permission}>
            <Page />
          </Permitted>
        )
      : Page
    return createRoute({ getParentRoute: () => parent, path: route.path, component })
  }
  // An address that leads to nothing keeps the frame, with every way out of there.
  const elsewhere = createRoute({ getParentRoute: () => frame, path: '$', component: NotFound })
  const framed = routes.filter((route) => route.frame === 'window').map((route) => toRoute(frame, route))
  const bare = routes.filter((route) => route.frame === 'bare').map((route) => toRoute(root, route))
  return createRouter({
    routeTree: root.addChildren([home, frame.addChildren([...framed, elsewhere]), ...bare]),
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingState,
    // What broke is in an unknown state: only a page loaded anew is surely whole.
    defaultErrorComponent: ({ error }) => <ErrorState error={error} onRetry={() => window.location.reload()} />,
    scrollRestoration: false,
  })
}
