/** Roles to choose from, with what each adds. */
import { ROLES, type Role } from '#app/identity/actor.ts'

export const ROLE_LABELS: Record<Role, string> = {
  member: 'Member: reads, drafts, takes part',
  facilitator: 'Facilitator: also runs forums and exercises',
  editor: 'Editor: also publishes and keeps the library',
  administrator: 'Administrator: all of it, and people and settings',
}

export const ROLE_CHOICES = ROLES.map(role => ({ value: role, label: ROLE_LABELS[role] }))
