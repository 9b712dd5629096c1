/** The columns of this room's imports, and how a JSON object becomes the cells of an incident's row. */
import { cellsOfObject as objectCells } from '#app/platform/object-cells.ts'

export const INCIDENT_COLUMNS = {
  /** Columns that a CSV must have; of an inner list one is enough. Cells may be empty. */
  required: [['key', 'external_id'], 'title', 'started_at'],
  known: [
    'key',
    'title',
    'summary',
    'severity',
    'started_at',
    'detected_at',
    'acknowledged_at',
    'mitigated_at',
    'resolved_at',
    'services',
    'incident_commander',
    'detected_by',
    'customer_impact',
    'impact_note',
    'family',
    'external_id',
    'source_url',
  ],
  aliases: {
    uuid: 'external_id',
    id: 'external_id',
    url: 'source_url',
    start_time: 'started_at',
    start: 'started_at',
    end_time: 'resolved_at',
    end: 'resolved_at',
    company: 'services',
    product: 'services',
  },
} satisfies { required: (string | string[])[]; known: string[]; aliases: Record<string, string> }

/** In a cell of a moment: it happened, and nobody knows when. An empty cell does not say that it happened. */
export const UNKNOWN_MOMENT = 'unknown'

/** By column; a column that the file does not have is absent. */
export type IncidentCells = Record<string, string>

/** The cells of one object of a JSON Lines file. Company and product are both services. */
export function cellsOfObject(object: Record<string, unknown>): { cells: IncidentCells; ignored: string[] } {
  return objectCells(object, INCIDENT_COLUMNS, 'services')
}

export const ROLE_COLUMNS = {
  required: ['incident', 'role', 'email', 'started_at'],
  known: ['incident', 'role', 'email', 'started_at', 'ended_at'],
  aliases: { start_time: 'started_at', start: 'started_at', end_time: 'ended_at', end: 'ended_at' },
}

export const DEPLOYMENT_COLUMNS = { required: ['deployed_at'], known: ['deployed_at', 'service', 'count'] }

export const TRAFFIC_COLUMNS = {
  required: ['day', 'requests'],
  known: ['day', 'service', 'requests'],
  aliases: { date: 'day', product: 'service', count: 'requests', request_count: 'requests', hits: 'requests' },
}
