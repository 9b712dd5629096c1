/** The acts that the audit trail knows, and how a sentence about them goes on: 'Ada Okafor …'. */
export const AUDIT_ACTS = {
  'portal.set-up': 'set up Candor',
  'person.created': 'added a person',
  'person.changed': 'changed a person',
  'person.left': 'noted that a person left',
  'people.imported': 'imported people',
  'roles.imported': 'imported roles in incidents',
  'deployments.imported': 'imported deployments',
  'traffic.imported': 'imported traffic',
  'team.created': 'added a team',
  'team.changed': 'changed a team',
  'account.created': 'made an account',
  'account.invited': 'sent an invitation',
  'account.role': 'changed a role',
  'account.disabled': 'closed an account',
  'account.enabled': 'reopened an account',
  'token.created': 'made an API token',
  'token.revoked': 'revoked an API token',
  'settings.changed': 'changed the settings',
  'family.renamed': 'renamed a family',
  'near-miss.changed': 'changed a near miss',
  'source.created': 'added a source of incidents',
  'source.changed': 'changed a source of incidents',
  'source.paused': 'paused a source of incidents',
  'source.resumed': 'had a source of incidents listened to again',
  'source.secret-added': 'gave a source of incidents one more secret',
  'source.secret-removed': 'took a secret of a source of incidents away',
  'source.removed': 'removed a source of incidents',
  'delivery.replayed': 'replayed a delivery',
  'wave.planned': 'planned a wave',
  'wave.plan-changed': 'changed the plan of a wave',
  'wave.opened': 'opened a wave',
  'wave.extended': 'extended a wave',
  'wave.closed': 'closed a wave',
  'wave.responses-damaged': 'closed a wave some of whose responses were damaged',
  'wave.published': 'published a wave',
  'wave.abandoned': 'abandoned a wave',
  'report.published': 'published a report',
  'report.reader-added': 'put somebody on the list of readers of reports',
  'report.reader-removed': 'took somebody off the list of readers of reports',
  'report.correction-begun': 'began to correct a report',
  'report.public-address-made': 'made a public address of a report',
  'report.public-address-revoked': 'revoked a public address of a report',
} as const

/** Higher rooms add their own acts, named `<subject>.<what was done>`. */
export type Act = keyof typeof AUDIT_ACTS | (string & {})

export function actInWords(act: string): string {
  return AUDIT_ACTS[act as keyof typeof AUDIT_ACTS] ?? act.replace(/[.-]/g, ' ')
}
