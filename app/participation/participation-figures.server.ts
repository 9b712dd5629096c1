/** Reads what the figures on participation are made of. What comes out are numbers, never people. */
import { type CensusEntry, census } from '#app/identity/people.server.ts'
import { commanderTurns } from '#app/incidents/incident-figures.server.ts'
import type { Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { pause } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import { type Credit, leadCredits } from './lead-credits.ts'
import { participationFigures } from './participation-figures.ts'

/** Three queries, however many people and incidents there are. */
export async function readParticipation(
  db: Db,
  { period, asOf, target }: { period: Period; asOf: string; target: number },
): Promise<Figures> {
  const [people, turns] = await Promise.all([census(db), commanderTurns(db, period.to)])
  return participationFigures({ period, people, credits: leadCredits(turns, asOf), target })
}

/** People and credits from which the figures of every period until a moment can be worked out; three queries. */
export async function readLeadFacts(
  db: Db,
  { until, asOf }: { until: string; asOf: string },
): Promise<{ people: CensusEntry[]; credits: Credit[] }> {
  const people = await census(db)
  await pause()
  const turns = await commanderTurns(db, until)
  await pause()
  return { people, credits: leadCredits(turns, asOf) }
}
