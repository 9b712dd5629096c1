/** Incidents as Atlassian's Statuspage writes them: in its webhooks and in the history of a page alike. */
import { type Observation, type Said, tellingOf } from './observation.ts'
import { addressAt, idAt, isObject, lineAt, listAt, momentAt, proseAt, valueAt } from './payload.ts'
import { type Envelope, ignored, LINE, NAME, PROSE, type Reading, type ReportedUpdate } from './reading.ts'

const MAINTENANCE = new Set(['scheduled', 'in_progress', 'verifying', 'completed'])

export function readStatuspage(payload: unknown, { receivedAt }: Envelope): Reading {
  const incident = valueAt(payload, 'incident')
  const at = momentAt(incident, 'updated_at') ?? momentAt(payload, 'meta', 'generated_at')
  if (!isObject(incident)) {
    const type = valueAt(payload, 'component_update') === undefined ? '' : 'component update'
    const why = type
      ? 'The state of a component: the incident that it belongs to comes on its own.'
      : 'Candor does not use what this says.'
    return { eventId: null, type, at, content: ignored(why) }
  }
  const status = lineAt(incident, NAME, 'status')
  const type = status ? `incident ${status}` : 'incident'
  const id = idAt(incident, 'id')
  if (isMaintenance(incident)) return { eventId: null, type, at, content: ignored('Planned work, so no incident.') }
  if (id === null) return { eventId: null, type, at, content: ignored('It does not say which incident it is about.') }
  const updates = statuspageUpdates(incident)
  return {
    eventId: null,
    type,
    at,
    content: {
      kind: 'incident',
      incident: {
        id,
        group: null,
        observation: { ...observeStatuspage(incident, at ?? receivedAt), ...tellingOf(updates, at ?? receivedAt) },
        updates,
      },
    },
  }
}

/** Whether it is planned work, which Statuspage keeps among the incidents. */
export function isMaintenance(incident: unknown): boolean {
  return (
    lineAt(incident, NAME, 'impact') === 'maintenance' ||
    lineAt(incident, NAME, 'kind') === 'maintenance' ||
    momentAt(incident, 'scheduled_for') !== null ||
    MAINTENANCE.has(lineAt(incident, NAME, 'status') ?? '')
  )
}

/** @param at when the incident was so. */
export function observeStatuspage(incident: unknown, at: string): Observation {
  const says = <T>(value: T): Said<T> => ({ value, at })
  const said: Observation['said'] = {}
  const title = lineAt(incident, LINE, 'name')
  if (title) said.title = says(title)
  const impact = lineAt(incident, NAME, 'impact')
  if (impact) {
    said.severity = says(impact)
    // A page that says 'none' does not say that nobody noticed.
    said.customerImpact = says(impact === 'none' ? null : true)
  }
  const services = listAt(incident, 'components').flatMap(
    one => (typeof one === 'string' ? lineAt({ one }, NAME, 'one') : lineAt(one, NAME, 'name')) ?? [],
  )
  if (services.length > 0) said.services = says([...new Set(services)])
  const url = addressAt(incident, 'shortlink')
  if (url) said.url = says(url)

  const told = timesOfStates(incident)
  const startedAt = momentAt(incident, 'started_at') ?? momentAt(incident, 'created_at')
  if (startedAt) said.startedAt = says(startedAt)
  said.mitigatedAt = says(momentAt(incident, 'monitoring_at') ?? told.monitoring)
  said.resolvedAt = says(momentAt(incident, 'resolved_at') ?? told.resolved)
  return { said, first: {} }
}

/** What was told on the page while the incident lasted. */
export function statuspageUpdates(incident: unknown): ReportedUpdate[] {
  const updates = listAt(incident, 'incident_updates').flatMap(one => {
    const at = momentAt(one, 'display_at') ?? momentAt(one, 'created_at')
    const text = proseAt(one, PROSE, 'body')
    if (at === null || text === null) return []
    // Not its own id, which collected histories leave out: else the same update would come in twice.
    const made = momentAt(one, 'created_at')
    return {
      id: made ? `${idAt(incident, 'id')}@${made}` : (idAt(one, 'id') ?? `${idAt(incident, 'id')}@${at}`),
      at,
      text,
    }
  })
  return [...new Map(updates.map(update => [update.id, update])).values()]
}

/** When it was being watched and when it was over, as far as the latest updates say that it still is. */
function timesOfStates(incident: unknown): { monitoring: string | null; resolved: string | null } {
  const told = listAt(incident, 'incident_updates')
    .map(one => ({
      status: lineAt(one, NAME, 'status') ?? '',
      at: momentAt(one, 'display_at') ?? momentAt(one, 'created_at') ?? '',
    }))
    .filter(one => one.at !== '')
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  let monitoring: string | null = null
  let resolved: string | null = null
  for (const { status, at } of told) {
    if (status === 'investigating' || status === 'identified') [monitoring, resolved] = [null, null]
    else if (status === 'monitoring') [monitoring, resolved] = [monitoring ?? at, null]
    else if (status === 'resolved') resolved ??= at
  }
  return { monitoring, resolved }
}
