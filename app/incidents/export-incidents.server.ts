import { type Actor, demand } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { writeCsv } from '#app/platform/csv.ts'
import type { Db } from '#db/index.server.ts'
import { INCIDENT_COLUMNS, UNKNOWN_MOMENT } from './import-columns.ts'
import { type IncidentFacts, listIncidents } from './incidents.server.ts'
import { MOMENT_COLUMNS, MOMENTS, spoiltMoments } from './moments.ts'

const SLICE = 500

/** All incidents as CSV, in the columns that the import reads: brought in again they are the same. */
export async function* exportIncidents({ db, actor }: { db: Db; actor: Actor }): AsyncGenerator<string> {
  demand(actor, 'read')
  yield writeCsv(INCIDENT_COLUMNS.known, [])
  for (let offset = 0; ; offset += SLICE) {
    const { items } = await listIncidents(db, {}, { offset, limit: SLICE })
    if (items.length === 0) return
    const commanders = await peopleByIds(db, [...new Set(items.flatMap(one => one.commanderId ?? []))])
    const rows = items.map(facts => cellsOf(facts, commanders.get(facts.commanderId ?? '')?.email ?? ''))
    yield writeCsv(INCIDENT_COLUMNS.known, rows).split('\r\n').slice(1).join('\r\n')
  }
}

function cellsOf(facts: IncidentFacts, commander: string): Record<string, string> {
  const spoilt = spoiltMoments(facts.flags)
  const cells: Record<string, string> = {
    key: facts.key,
    title: facts.title,
    summary: facts.summary,
    severity: facts.severity ?? '',
    // A name that has a bar in it must not be read as two.
    services: facts.services.map(({ name }) => (name.includes('|') ? `${name};` : name)).join(';'),
    incident_commander: commander,
    detected_by: facts.detectedBy ?? '',
    customer_impact: facts.customerImpact === null ? '' : facts.customerImpact ? 'yes' : 'no',
    impact_note: facts.impactNote,
    family: facts.family?.name ?? '',
    external_id: facts.externalId ?? '',
    source_url: facts.sourceUrl ?? '',
  }
  for (const moment of MOMENTS)
    cells[MOMENT_COLUMNS[moment]] = facts[moment] ?? (spoilt.includes(moment) ? UNKNOWN_MOMENT : '')
  return cells
}
