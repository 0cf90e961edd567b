import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { ConsentDraft, PreferenceDraft, Withdrawal } from '../../contract/around.ts'
import { findMembers } from '../identity/merges.queries.ts'
import { deletePreference, endConsent, insertConsent, lockConsent, savePreference } from './consents.queries.ts'
import { shownPerson, tellCard } from './on-card.ts'

/** Where what an operator writes down comes from. */
const SOURCE = 'operator'

/** What a person allows and what they wish, as an operator writes it down. */
export function consentUses(platform: Platform) {
  const { now } = platform

  /** @throws Problem `customers.person_not_found`, `customers.consent_time` */
  async function giveConsent(tx: Tx, actor: Actor, askedId: string, draft: ConsentDraft): Promise<void> {
    const personId = await shownPerson(tx, askedId)
    const { purpose, channel = null, text, textVersion, ground, givenAt: at = now() } = draft
    if (at > now()) throw new Problem('customers.consent_time', 422, 'A consent cannot have been given in the future.')
    const by = { operatorId: actor.operatorId, operatorName: actor.name }
    const id = await insertConsent(tx, {
      personId,
      purpose,
      channel,
      text,
      textVersion,
      source: SOURCE,
      ground,
      at,
      ...by,
    })
    const tells = { purpose, channel, textVersion, source: SOURCE, ground }
    const action = 'customers.consent_given'
    await tellCard(platform, tx, actor, { personId, action, object: 'consent', objectId: id, tells, at })
  }

  /** @throws Problem `customers.consent_not_found`, `customers.consent_withdrawn` */
  async function withdrawConsent(
    tx: Tx,
    actor: Actor,
    id: string,
    { ground, reason = null }: Withdrawal,
  ): Promise<void> {
    const consent = await lockConsent(tx, id)
    if (!consent) throw new Problem('customers.consent_not_found', 404, `There is no consent ${id}.`)
    if (consent.withdrawnAt) throw new Problem('customers.consent_withdrawn', 409, 'It was withdrawn already.')
    await endConsent(tx, id, { at: now(), source: ground, reason, by: actor.name })
    const personId = await shownPerson(tx, consent.personId)
    const tells = { purpose: consent.purpose, channel: consent.channel, ground, ...(reason ? { reason } : {}) }
    const action = 'customers.consent_withdrawn'
    await tellCard(platform, tx, actor, { personId, action, object: 'consent', objectId: id, tells })
  }

  /** @throws Problem `customers.person_not_found` */
  async function setPreference(tx: Tx, actor: Actor, askedId: string, draft: PreferenceDraft): Promise<void> {
    const personId = await shownPerson(tx, askedId)
    const { channel, purpose, isWelcome, perMonth = null } = draft
    if (isWelcome === null) await deletePreference(tx, await findMembers(tx, personId), { channel, purpose })
    else {
      const wish = { channel, purpose, isWelcome, perMonth: isWelcome ? perMonth : null }
      await savePreference(tx, personId, { ...wish, changedAt: now(), changedBy: actor.name })
    }
    const tells = { channel, purpose, isWelcome, perMonth }
    await tellCard(platform, tx, actor, { personId, action: 'customers.preference_changed', tells })
  }

  return { giveConsent, withdrawConsent, setPreference }
}
