import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { ApiProblem, ErrorState, LoadingState, setLocale, WorkspaceZoneProvider } from '#platform/web'
import { meQuery } from './access-api.ts'

/** Draws its children for those who have a session; everybody else is on the way to the sign-in: the cache leads there. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { data: me, error, refetch } = useQuery(meQuery)
  const locale = me?.operator.locale
  useEffect(() => {
    if (locale) void setLocale(locale)
  }, [locale])
  if (me) return <WorkspaceZoneProvider value={me.workspace.timeZone}>{children}</WorkspaceZoneProvider>
  const isSignedOut = error instanceof ApiProblem && error.problem.status === 401
  if (error && !isSignedOut) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <LoadingState />
}
