import type { ReactNode } from 'react'
import { useMe } from '#modules/access/web'
import { ForbiddenState } from '#platform/web'

/** The server refuses anyway; this spares the reader a page that cannot load. */
export function Permitted({ permission, children }: { permission: string; children: ReactNode }) {
  return useMe().permissions.includes(permission) ? children : <ForbiddenState />
}
