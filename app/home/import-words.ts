/** How the page of imports speaks of each kind. */

/** The kinds that are brought in on one page; postmortems and people have pages of their own. */
export const FILE_KINDS = ['incidents', 'statuspage', 'action-items', 'roles', 'deployments', 'traffic'] as const
export type FileKind = (typeof FILE_KINDS)[number]

export interface KindWords {
  label: string
  /** What a row is, and which row of before it is. */
  says: string
  /** Where one sees what came in. */
  place: { to: string; label: string }
}

export const KIND_WORDS: Record<FileKind, KindWords> = {
  incidents: {
    label: 'Incidents',
    says: 'One row for each incident, known by its key. Services and families that are not known yet are added.',
    place: { to: '/incidents', label: 'Look at the incidents' },
  },
  statuspage: {
    label: 'The history of a status page',
    says: 'The JSON that Statuspage gives at /api/v2/incidents.json: incidents with what was posted of each.',
    place: { to: '/incidents', label: 'Look at the incidents' },
  },
  'action-items': {
    label: 'Action items',
    says: 'One row for each action item, known by its own id, else by its incident and title.',
    place: { to: '/actions?state=all', label: 'Look at the action items' },
  },
  roles: {
    label: 'Roles in incidents',
    says: 'One row for each time that somebody took a role, known by incident, role, address and beginning.',
    place: { to: '/participation', label: 'Look at participation' },
  },
  deployments: {
    label: 'Deployments',
    says: 'One row for a service at a moment, with how many there were; without a number it is one. Figures count incidents per thousand of them.',
    place: { to: '/reports', label: 'To the reports' },
  },
  traffic: {
    label: 'Traffic',
    says: 'One row for a service on a day, with the requests it served; without a service they are of all together. Figures count incidents per million of them.',
    place: { to: '/reports', label: 'To the reports' },
  },
}
