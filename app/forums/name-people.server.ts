/** Who is meant by the addresses in a form. */
import { peopleByEmails, peopleHere } from '#app/identity/people.server.ts'
import { dayIn } from '#app/platform/clock.ts'
import type { FieldError } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'

/** @returns ids by field; `errors` names the fields whose address is nobody's who is here. */
export async function namePeople<F extends string>(
  db: Db,
  now: number,
  given: Partial<Record<F, string | null>>,
): Promise<{ ids: Partial<Record<F, string | null>>; errors: FieldError[] }> {
  const fields = Object.entries(given) as [F, string | null | undefined][]
  const known = await peopleByEmails(
    db,
    fields.flatMap(([, email]) => email ?? []),
  )
  const here = await peopleHere(
    db,
    [...known.values()].map(person => person.id),
    dayIn('UTC', now),
  )
  const ids: Partial<Record<F, string | null>> = {}
  const errors: FieldError[] = []
  for (const [field, email] of fields) {
    if (email === undefined) continue
    const person = email === null ? null : known.get(email.toLowerCase())
    if (person === undefined || (person && !here.has(person.id)))
      errors.push({ path: field, message: 'Nobody here has this address.' })
    else ids[field] = person?.id ?? null
  }
  return { ids, errors }
}
