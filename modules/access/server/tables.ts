import type { Generated } from 'kysely'
import type { Role } from '#platform/shared/actor'

declare module '#platform/server/database' {
  interface Tables {
    'access.users': {
      id: string
      name: string
      email: string
      twoFactorEnabled: Generated<boolean | null>
      updatedAt: Generated<Date>
    }
    'access.credentials': {
      userId: string
      accountId: string
      providerId: string
      password: string | null
      updatedAt: Generated<Date>
    }
    'access.sessions': {
      id: string
      userId: string
      ipAddress: string | null
      userAgent: string | null
      createdAt: Date
      updatedAt: Date
      expiresAt: Date
    }
    'access.verifications': { expiresAt: Date }
    'access.two_factors': { userId: string }
    'access.api_keys': {
      id: Generated<string>
      configId: Generated<string>
      name: string | null
      start: string | null
      key: string
      referenceId: string
      enabled: Generated<boolean>
      lastRequest: Date | null
      expiresAt: Date | null
      createdAt: Generated<Date>
      tools: string[] | null
    }
    'access.attempts': { key: string; count: number; ends_at: Date }
    'access.teams': {
      workspace_id: string
      id: Generated<string>
      name: string
      archived_at: Date | null
      created_at: Generated<Date>
    }
    'access.operators': {
      workspace_id: string
      id: Generated<string>
      user_id: string
      name: string
      email: string
      role: Role
      capacity: Generated<number>
      locale: Generated<'ru' | 'en'>
      archived_at: Date | null
      created_at: Generated<Date>
    }
    'access.team_members': { workspace_id: string; team_id: string; operator_id: string }
    'access.presence': {
      workspace_id: string
      operator_id: string
      availability: Generated<'available' | 'away'>
      seen_at: Generated<Date>
      is_present: Generated<boolean>
    }
  }
}
