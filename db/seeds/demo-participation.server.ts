/** Who in the demo organisation would like to lead, and a shadow turn that waits for an answer. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { offerShadowTurn } from '#app/participation/offer-shadow-turn.server.ts'
import { volunteer } from '#app/participation/volunteer.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'

const VOLUNTEERS = [
  { email: 'aoife.brennan@demo.candor.test', note: 'Any week but the first of the month' },
  { email: 'member@demo.candor.test', note: 'From next month on, best in the mornings' },
  { email: 'nils.aakerman@demo.candor.test', note: '' },
]
const LEAD = 'priya.raman@demo.candor.test'

export async function seedParticipation(context: { db: Db; clock: Clock; actor: Actor }): Promise<void> {
  const people = await peopleByEmails(context.db, [LEAD, ...VOLUNTEERS.map(({ email }) => email)])
  const asPerson = (email: string) => ({
    ...context,
    actor: { ...context.actor, personId: people.get(email)?.id ?? '' },
  })
  for (const { email, note } of VOLUNTEERS) await volunteer(asPerson(email), { note })
  await offerShadowTurn(asPerson(LEAD), { volunteerId: people.get('member@demo.candor.test')?.id ?? '' })
}
