/** What this room announces. Importing this file for its types is how a listener learns the names. */
declare module '#app/platform/events.ts' {
  interface EventMap {
    /** Incidents were written, by whatever way; those that stayed as they were are in neither list. */
    'incidents.saved': { created: string[]; updated: string[] }
    /** An update, a role or a handoff was put on an incident's record. */
    'incidents.record-changed': { incidentId: string }
    /** A service has another name or another team now. */
    'services.changed': { serviceId: string }
    /** A family has another name now. */
    'families.renamed': { familyId: string }
  }
}

export type IncidentEvent = 'incidents.saved' | 'incidents.record-changed' | 'services.changed' | 'families.renamed'
