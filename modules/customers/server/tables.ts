import type { ColumnType, Generated } from 'kysely'
import type { CustomValues } from '#modules/objects/contract'
import type { Json } from '#platform/server/tables'
import type { Note } from '../contract/around.ts'
import type { CompanyAddress, CompanySize, LegalForm } from '../contract/companies.ts'
import type { Scan } from '../contract/identity.ts'
import type { ContactChannel, RelationKind } from '../contract/kinds.ts'
import type { LaidOutBlock, LaidOutObject, LayoutReader } from '../contract/layouts.ts'
import type { BuyingRole, PairEvidence } from '../contract/people.ts'
import type { Erasure } from '../contract/personal-data.ts'
import type { Model } from './identity/match/model.ts'
import type { Profile } from './identity/match/profile.ts'
import type { Taken } from './identity/survivorship.ts'
import type { Evidence, IdentityKind } from './identity.ts'

export type Stage = 'lead' | 'customer' | 'former'
export type Custom = CustomValues

declare module '#platform/server/database' {
  interface Tables {
    'customers.people': {
      workspace_id: string
      id: Generated<string>
      name: string
      name_is_stand_in: Generated<boolean>
      first_name: string | null
      last_name: string | null
      middle_name: string | null
      stage: Generated<Stage>
      owner_id: string | null
      locale: string | null
      time_zone: string | null
      city: string | null
      address_form: 'familiar' | 'formal' | null
      preferred_channel: string | null
      best_time: string | null
      birthday: string | null
      photo_id: Generated<string | null>
      note: Generated<string>
      custom: Json<Custom>
      origin: string | null
      shown_as: Generated<string | null>
      restricted_at: Generated<Date | null>
      restricted_reason: Generated<string | null>
      erased_at: Generated<Date | null>
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    'customers.companies': {
      workspace_id: string
      id: Generated<string>
      name: string
      legal_name: string | null
      legal_form: LegalForm | null
      inn: string | null
      kpp: string | null
      ogrn: string | null
      bic: string | null
      account: string | null
      site: string | null
      city: string | null
      phones: Generated<string[]>
      emails: Generated<string[]>
      addresses: Json<CompanyAddress[]>
      industry: string | null
      size: CompanySize | null
      owner_id: string | null
      parent_id: string | null
      note: Generated<string>
      custom: Json<Custom>
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    'customers.employments': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      company_id: string
      position: string | null
      since: string | null
      until: string | null
      roles: Generated<BuyingRole[]>
      is_main: Generated<boolean>
      is_told: Generated<boolean>
    }
    'customers.card_layouts': {
      workspace_id: string
      object: LaidOutObject
      reader: LayoutReader
      blocks: Json<LaidOutBlock[]>
    }
    'customers.households': {
      workspace_id: string
      id: Generated<string>
      created_at: Generated<Date>
    }
    'customers.household_members': {
      workspace_id: string
      person_id: string
      household_id: string
      part: string | null
    }
    'customers.company_timeline': {
      workspace_id: string
      company_id: string
      at: Date
      id: string
      person_id: string | null
      kind: string | null
      data: ColumnType<Record<string, unknown> | null, string | null, string | null>
    }
    'customers.identities': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      kind: IdentityKind
      scope: string
      value: string
      proven: boolean
      evidence: Json<Evidence[]>
      shared: Generated<boolean>
      is_single: Generated<boolean>
      first_seen_at: Generated<Date>
      last_seen_at: Generated<Date>
    }
    'customers.likenesses': {
      workspace_id: string
      person_id: string
      other_id: string
      reasons: Json<{ kind: string; value: string }[]>
      state: Generated<'open' | 'dismissed' | 'merged'>
      found_at: Generated<Date>
      bits: number | null
      probability: number | null
      evidence: Json<PairEvidence[]>
      rule: string | null
      verdict: 'auto' | 'review' | 'no' | null
      decided_at: Date | null
    }
    'customers.merges': {
      workspace_id: string
      id: Generated<string>
      kept_id: string
      hidden_id: string
      taken: Json<Taken>
      evidence: Json<PairEvidence[]>
      operator_id: string | null
      operator_name: string
      merged_at: Generated<Date>
      undone_at: Date | null
      undone_by: string | null
    }
    'customers.match_cards': {
      workspace_id: string
      person_id: string
      profile: Json<Profile>
      keys: number[]
    }
    'customers.match_keys': { workspace_id: string; key: number; person_id: string }
    'customers.matching': {
      workspace_id: string
      auto: Generated<number>
      review: Generated<number>
      joins_by_itself: Generated<boolean>
      model: Json<Model> | null
      learned_at: Date | null
      cursor: string | null
      scan: Json<Scan> | null
      held_until: Date | null
    }
    'customers.timeline': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      at: Date
      kind: string
      object: string | null
      object_id: string | null
      data: Json<Record<string, unknown>>
      once: string | null
    }
    'customers.consents': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      purpose: string
      text_version: number
      text: string
      source: string
      given_at: Generated<Date>
      withdrawn_at: Date | null
      channel: string | null
      ground: string | null
      operator_id: string | null
      operator_name: string | null
      withdrawn_source: string | null
      withdrawn_reason: string | null
      withdrawn_by: string | null
    }
    'customers.preferences': {
      workspace_id: string
      person_id: string
      channel: ContactChannel
      purpose: string
      is_welcome: boolean
      per_month: number | null
      changed_at: Date
      changed_by: string
    }
    'customers.tasks': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      title: string
      due_at: Date | null
      assignee_id: string | null
      done_at: Date | null
      done_by: string | null
      reminded_of: Date | null
      operator_id: string | null
      operator_name: string
      created_at: Date
    }
    'customers.notes': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      text: string
      is_pinned: boolean
      operator_id: string | null
      operator_name: string
      created_at: Date
      edited_at: Date | null
      versions: Json<Note['versions']>
    }
    'customers.relations': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      other_id: string
      kind: RelationKind
      note: string | null
      operator_name: string
      created_at: Date
    }
    'customers.person_files': {
      workspace_id: string
      person_id: string
      file_id: string
      operator_name: string
      created_at: Date
    }
    'customers.erasures': {
      workspace_id: string
      id: Generated<string>
      person_id: string
      cards: string[]
      erased_at: Date
      operator_id: string | null
      operator_name: string
      ground: Erasure['ground']
      note: Generated<string>
      counts: Json<Record<string, number>>
      identities: Buffer[]
      checked_at: Date | null
      mentions: Json<{ table: string; rows: number }[]> | null
    }
  }
}
