/** What happened in an incident, from all that is on its record, in one order. */
import type { IncidentRecord } from './incident-record.server.ts'
import { MOMENTS, type Moment } from './moments.ts'

export type TimelineEntry = { at: string; id: string } & (
  | { kind: 'moment'; moment: Moment }
  | { kind: 'update'; text: string; by: string }
  | { kind: 'severity'; from: string | null; to: string | null; reason: string; by: string }
  | { kind: 'role'; what: 'taken' | 'ended'; role: string; person: string }
  | {
      kind: 'handoff'
      what: 'offered' | 'accepted' | 'declined' | 'withdrawn'
      role: string
      giver: string
      receiver: string
    }
)

/** At the same time, a moment comes before what people did then. */
const ORDER = ['moment', 'severity', 'handoff', 'role', 'update']

export function timelineOf(record: IncidentRecord): TimelineEntry[] {
  const entries: TimelineEntry[] = []
  for (const moment of MOMENTS) {
    const at = record.facts[moment]
    if (at !== null) entries.push({ at, id: moment, kind: 'moment', moment })
  }
  for (const { id, at, text, authorName } of record.updates)
    entries.push({ at, id, kind: 'update', text, by: authorName })
  record.severityHistory.forEach(({ at, from, to, reason, actorName }, index) => {
    entries.push({ at, id: `severity-${index}`, kind: 'severity', from, to, reason, by: actorName })
  })
  // What a handoff says already is not said again as an end and a beginning.
  const passedOn = new Set<string>()
  for (const { id, offeredAt, answer, answeredAt, role, giver, receiver } of record.handoffs) {
    const names = { role, giver: giver.name, receiver: receiver.name }
    entries.push({ at: offeredAt, id, kind: 'handoff', what: 'offered', ...names })
    if (answer === null || answeredAt === null) continue
    entries.push({ at: answeredAt, id, kind: 'handoff', what: answer, ...names })
    if (answer === 'accepted') {
      passedOn.add(`ended ${role} ${giver.id} ${answeredAt}`)
      passedOn.add(`taken ${role} ${receiver.id} ${answeredAt}`)
    }
  }
  for (const { id, role, person, from, until } of record.roles) {
    if (from !== null && !passedOn.has(`taken ${role} ${person.id} ${from}`))
      entries.push({ at: from, id: `${id}-taken`, kind: 'role', what: 'taken', role, person: person.name })
    if (until !== null && !passedOn.has(`ended ${role} ${person.id} ${until}`))
      entries.push({ at: until, id: `${id}-ended`, kind: 'role', what: 'ended', role, person: person.name })
  }
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)))
}

/** The moments side by side, with how long it took from the last known one before; null where that is not known. */
export function stepsOf(
  moments: Record<Moment, string | null>,
): { moment: Moment; at: string | null; since: Moment | null; milliseconds: number | null }[] {
  let last: Moment | null = null
  return MOMENTS.map(moment => {
    const at = moments[moment]
    const since: Moment | null = at === null ? null : last
    const milliseconds = at !== null && since !== null ? Date.parse(at) - Date.parse(moments[since]!) : null
    if (at !== null) last = moment
    return { moment, at, since, milliseconds }
  })
}
