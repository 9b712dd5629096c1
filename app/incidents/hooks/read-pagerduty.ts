/** PagerDuty's V3 webhooks: one event each, about one incident. */
import { type Observation, type Said, tellingOf } from './observation.ts'
import { addressAt, idAt, isObject, lineAt, momentAt, proseAt, valueAt } from './payload.ts'
import { type Content, type Envelope, ignored, LINE, NAME, PROSE, type Reading } from './reading.ts'

/** Events whose data are the incident itself. */
const ABOUT_INCIDENT = new Set([
  'incident.triggered',
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.resolved',
  'incident.reopened',
  'incident.escalated',
  'incident.delegated',
  'incident.reassigned',
  'incident.priority_updated',
  'incident.service_updated',
  'incident.incident_type.changed',
])

/** Events that bring a text about an incident, and where in their data it stands. */
const TEXTS: Record<string, string> = {
  'incident.annotated': 'content',
  'incident.status_update_published': 'message',
}

export function readPagerDuty(payload: unknown, { receivedAt }: Envelope): Reading {
  const event = valueAt(payload, 'event')
  const type = lineAt(event, NAME, 'event_type') ?? ''
  const at = momentAt(event, 'occurred_at')
  return { eventId: idAt(event, 'id'), type, at, content: contentOf(event, type, at ?? receivedAt) }
}

function contentOf(event: unknown, type: string, at: string): Content {
  if (!isObject(event)) return ignored('This is not an event of PagerDuty’s V3 webhooks.')
  const data = valueAt(event, 'data')
  const text = Object.hasOwn(TEXTS, type) ? proseAt(data, PROSE, TEXTS[type]!) : null
  const incident = text === null ? data : valueAt(data, 'incident')
  if (text === null && !ABOUT_INCIDENT.has(type)) return ignored('Candor does not use events of this type.')
  const id = idAt(incident, 'id')
  if (id === null) return ignored('The event does not say which incident it is about.')
  const update = { id: idAt(data, 'id') ?? idAt(event, 'id') ?? at, at, text: text ?? '' }
  return {
    kind: 'incident',
    incident: {
      id,
      group: null,
      observation:
        text === null ? observe(data, type, at) : { ...summaryOnly(incident, at), ...tellingOf([update], at) },
      updates: text === null ? [] : [update],
    },
  }
}

function observe(incident: unknown, type: string, at: string): Observation {
  const says = <T>(value: T): Said<T> => ({ value, at })
  const said: Observation['said'] = {}
  const title = lineAt(incident, LINE, 'title')
  if (title) said.title = says(title)
  const priority = valueAt(incident, 'priority')
  if (priority !== undefined) said.severity = says(lineAt(priority, NAME, 'summary') ?? lineAt(priority, NAME, 'name'))
  const service = lineAt(incident, NAME, 'service', 'summary')
  if (service) said.services = says([service])
  const url = addressAt(incident, 'html_url')
  if (url) said.url = says(url)

  const first: Observation['first'] = {}
  // Its making there: when something began is not known there either.
  const made = momentAt(incident, 'created_at') ?? (type === 'incident.triggered' ? at : null)
  if (made) first.detectedAt = made
  if (type === 'incident.acknowledged') first.acknowledgedAt = at
  if (type === 'incident.resolved') said.resolvedAt = says(at)
  if (type === 'incident.triggered' || type === 'incident.reopened') said.resolvedAt = says(null)
  return { said, first }
}

/** A reference to an incident brings its title and address only, and is older than anything that is said of it. */
function summaryOnly(incident: unknown, at: string): Observation {
  const title = lineAt(incident, LINE, 'summary')
  const url = addressAt(incident, 'html_url')
  return {
    said: { ...(title ? { title: { value: title, at: '' } } : {}), ...(url ? { url: { value: url, at } } : {}) },
    first: {},
  }
}
