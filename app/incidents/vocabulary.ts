/** The words of an incident, free of libraries so that screens can use them. */
export const SEVERITIES = ['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'] as const
export type Severity = (typeof SEVERITIES)[number]

export const DETECTORS = ['monitoring', 'employee', 'customer'] as const
export type Detector = (typeof DETECTORS)[number]

export const INCIDENT_ROLES = [
  'incident commander',
  'technical lead',
  'scribe',
  'communications lead',
  'responder',
] as const
export type IncidentRole = (typeof INCIDENT_ROLES)[number]

/** Whoever holds it leads the incident. */
export const COMMANDER = 'incident commander' satisfies IncidentRole
