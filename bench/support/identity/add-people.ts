import { newId } from '../../../platform/shared/ids.ts'
import type { BenchOkno } from '../okno.ts'
import { createRandom } from './random.ts'
import { human } from './russian-people.ts'

const BATCH = 5000
/** So many cards are of one who has a card already. */
const DOUBLES = 0.03

/** Writes cards as an import would: names, phones, mailboxes, birthdays; a few people twice. Resolves to their ids. */
export async function addPeople(
  okno: BenchOkno,
  workspaceId: string,
  { from, count }: { from: number; count: number },
): Promise<string[]> {
  const ids: string[] = []
  for (let start = from; start < from + count; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, from + count - start) }, (_, i) => row(start + i))
    ids.push(...rows.map(({ id }) => id))
    await okno.query(
      `with given as materialized (
        select * from jsonb_to_recordset($2::jsonb) as g (id uuid, first text, last text, city text, birthday text, phone text, email text)
      ), person as (
        insert into customers.people (workspace_id, id, name, first_name, last_name, city, custom, origin)
        select $1, id, first || ' ' || last, first, last, city, jsonb_strip_nulls(jsonb_build_object('birthday', birthday)), 'import' from given
      )
      insert into customers.identities (workspace_id, person_id, kind, value, proven, evidence)
      select $1, id, kind, value, false, '[{"source": "import", "at": "2026-01-01T00:00:00Z"}]'
      from given cross join lateral (values ('phone', phone), ('email', email)) as address (kind, value) where value is not null`,
      [workspaceId, JSON.stringify(rows)],
    )
  }
  return ids
}

function row(n: number) {
  const chance = createRandom(n)
  const of = chance() < DOUBLES ? Math.floor(chance() * (n + 1)) : n
  const one = human(createRandom(of * 7 + 1), of)
  return {
    id: newId(),
    first: one.given,
    last: one.surname,
    city: one.city,
    birthday: chance() < 0.4 ? one.birthday : null,
    phone: chance() < 0.7 ? one.phone : null,
    email: chance() < 0.6 ? one.email : null,
  }
}
