/** Standard Webhooks as incident.io fills them: the event's type names the field that holds the incident. */
import type { Moment } from '../moments.ts'
import { type Observation, type Said, tellingOf } from './observation.ts'
import { addressAt, idAt, isObject, lineAt, listAt, momentAt, proseAt, valueAt } from './payload.ts'
import { type Content, type Envelope, ignored, LINE, NAME, PROSE, type Reading } from './reading.ts'

const ABOUT_INCIDENT = /^public_incident\.incident_(?:created|updated|status_updated)_v2$/

/** Drills are nobody's disruption. */
const DRILLS = new Set(['test', 'tutorial'])

/** States in which there is no incident: not yet one, none after all, or part of another. */
const NO_INCIDENT = new Set(['triage', 'declined', 'merged', 'canceled'])

/** The moments that people there can enter, by their usual names without 'at'. */
const MOMENT_NAMES: Record<string, Moment> = {
  'impact started': 'startedAt',
  started: 'startedAt',
  reported: 'detectedAt',
  detected: 'detectedAt',
  accepted: 'acknowledgedAt',
  acknowledged: 'acknowledgedAt',
  fixed: 'mitigatedAt',
  mitigated: 'mitigatedAt',
  resolved: 'resolvedAt',
}

export function readStandardWebhooks(payload: unknown, { headers, receivedAt }: Envelope): Reading {
  const type = lineAt(payload, NAME, 'event_type') ?? lineAt(payload, NAME, 'type') ?? ''
  const given = valueAt(payload, type)
  const inner = valueAt(given, 'incident')
  const incident = isObject(inner) ? inner : given
  const sentAt = Number(headers['webhook-timestamp'] ?? headers['svix-timestamp'])
  const at =
    momentAt(incident, 'updated_at') ??
    momentAt(payload, 'timestamp') ??
    (sentAt > 0 && sentAt < 1e11 ? new Date(sentAt * 1000).toISOString() : null)
  const eventId = headers['webhook-id'] ?? headers['svix-id']
  return {
    eventId: idAt({ eventId }, 'eventId'),
    type,
    at,
    content: contentOf(type, incident, given, at ?? receivedAt),
  }
}

function contentOf(type: string, incident: unknown, given: unknown, at: string): Content {
  if (type.startsWith('private_incident.'))
    return ignored('Of a private incident only its id is sent, so there is nothing to record.')
  if (!ABOUT_INCIDENT.test(type)) return ignored('Candor does not use events of this type.')
  const id = idAt(incident, 'id')
  if (id === null) return ignored('The event does not say which incident it is about.')
  const mode = lineAt(incident, NAME, 'mode') ?? ''
  if (DRILLS.has(mode)) return ignored('A drill there, so no incident.')
  const category = lineAt(incident, NAME, 'incident_status', 'category') ?? ''
  if (NO_INCIDENT.has(category)) return ignored(`It is “${category}” there: not an incident, or not yet.`)
  const message = proseAt(given, PROSE, 'message')
  const updates = message ? [{ id: `${id}@${at}`, at, text: message }] : []
  return {
    kind: 'incident',
    incident: {
      id,
      group: null,
      observation: { ...observe(incident, type, category, at), ...tellingOf(updates, at) },
      updates,
    },
  }
}

function observe(incident: unknown, type: string, category: string, at: string): Observation {
  const says = <T>(value: T): Said<T> => ({ value, at })
  const said: Observation['said'] = {}
  const title = lineAt(incident, LINE, 'name')
  if (title) said.title = says(title)
  if (valueAt(incident, 'severity') !== undefined) said.severity = says(lineAt(incident, NAME, 'severity', 'name'))
  const url = addressAt(incident, 'permalink')
  if (url) said.url = says(url)
  const services = listAt(incident, 'custom_field_entries').flatMap(entry =>
    /^(?:affected )?(?:services?|systems?|components?)$/i.test(lineAt(entry, NAME, 'custom_field', 'name') ?? '')
      ? listAt(entry, 'values').flatMap(
          value =>
            lineAt(value, NAME, 'value_catalog_entry', 'name') ?? lineAt(value, NAME, 'value_option', 'value') ?? [],
        )
      : [],
  )
  if (services.length > 0) said.services = says([...new Set(services)])

  // It is live again, or closed without anybody having entered when: then it was when its state changed.
  if (category === 'live') said.resolvedAt = says(null)
  else if (type.includes('status_updated')) said.resolvedAt = says(at)
  for (const entry of listAt(incident, 'incident_timestamp_values')) {
    const name = (lineAt(entry, NAME, 'incident_timestamp', 'name') ?? '').toLowerCase().replace(/ at$/, '')
    const moment = Object.hasOwn(MOMENT_NAMES, name) ? MOMENT_NAMES[name]! : null
    const value = momentAt(entry, 'value', 'value')
    if (moment && value) said[moment] = says(value)
  }
  return { said, first: {} }
}
