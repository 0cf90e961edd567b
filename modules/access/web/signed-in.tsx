import { useQuery } from '@tanstack/react-query'
import { Navigate, useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { ApiProblem, ErrorState, LoadingState, setLocale, WorkspaceZoneProvider } from '#platform/web'
import { meQuery } from './access-api.ts'

/** Draws its children for those who have a session; everybody else goes to the sign-in and comes back after it. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { data: me, error, refetch } = useQuery(meQuery)
  const { href } = useLocation()
  const locale = me?.operator.locale
  useEffect(() => {
    if (locale) void setLocale(locale)
  }, [locale])
  if (me) return <WorkspaceZoneProvider value={me.workspace.timeZone}>{children}</WorkspaceZoneProvider>
  if (error instanceof ApiProblem && error.problem.status === 401)
    return <Navigate to="/sign-in" search={{ next: href } as never} replace />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <LoadingState />
}
