/** What everybody should know of an item before it is talked about: three lines, from the incident itself. */
import { type IncidentFacts, incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { durationInWords } from '#app/platform/durations.ts'
import { agendaPostmortems } from '#app/postmortems/agenda-postmortems.server.ts'
import type { Db } from '#db/index.server.ts'

/** A longer summary is cut at a word: the line is read from a chair. */
const LONGEST = 280

export interface ItemContext {
  whatHappened: string
  /** 'SEV-1 · 41 min · checkout, payments'. */
  extent: string
  impact: string
}

export interface Subject {
  /** The incident's key. */
  key: string
  /** Of the postmortem that whoever reads may see; null where there is none. */
  slug: string | null
}

/** By the incident's key. Where the incident says nothing, its postmortem does. A fixed number of queries. */
export async function contextsOf(db: Db, subjects: readonly Subject[]): Promise<Map<string, ItemContext>> {
  const incidents = await incidentsByKeys(
    db,
    subjects.map(subject => subject.key),
  )
  const incidentIds = [...incidents.values()].map(facts => facts.id)
  const postmortems = await agendaPostmortems(db, { ids: [], incidentIds })
  return new Map(
    subjects.flatMap(({ key, slug }): [string, ItemContext][] => {
      const facts = incidents.get(key)
      const seen = postmortems.find(one => one.slug === slug)
      return facts ? [[key, contextOf(facts, seen?.summary ?? '')]] : []
    }),
  )
}

function contextOf(facts: IncidentFacts, summary: string): ItemContext {
  return {
    whatHappened: shortened(facts.summary.trim() || summary),
    extent: [
      facts.severity ?? '',
      lasted(facts.startedAt, facts.resolvedAt),
      facts.services.map(service => service.name).join(', '),
    ]
      .filter(Boolean)
      .join(' · '),
    impact: [impactOf(facts), noticedBy(facts)].filter(Boolean).join(' '),
  }
}

function impactOf({ customerImpact, impactNote }: IncidentFacts): string {
  // Another program's 'yes' says no more than the answer itself.
  if (impactNote.trim().includes(' ')) return shortened(impactNote)
  if (customerImpact === null) return ''
  return customerImpact ? 'Customers were affected.' : 'No customer was affected.'
}

function noticedBy({ detectedBy, startedAt, detectedAt }: IncidentFacts): string {
  if (!detectedBy) return ''
  const by = detectedBy === 'monitoring' ? 'monitoring' : `a ${detectedBy}`
  const after = lasted(startedAt, detectedAt)
  return `Noticed by ${detectedBy === 'employee' ? 'an employee' : by}${after ? ` after ${after}` : ''}.`
}

function lasted(from: string | null, to: string | null): string {
  return from === null || to === null ? '' : durationInWords(Date.parse(to) - Date.parse(from))
}

/** The first paragraph, as plain as it can be. */
function shortened(text: string): string {
  const [first = ''] = text
    .replace(/[*_`#>]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .split(/\n\s*\n/)
  const line = first.replace(/\s+/g, ' ')
  return line.length <= LONGEST ? line : `${line.slice(0, line.lastIndexOf(' ', LONGEST))} …`
}
