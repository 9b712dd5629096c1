/** Who asks, and what their role allows. The table is product.md's; everything not granted is denied. */
import { notFound } from '#app/platform/errors.ts'

export const ROLES = ['member', 'facilitator', 'editor', 'administrator'] as const
export type Role = (typeof ROLES)[number]

export interface Actor {
  accountId: string
  personId: string
  name: string
  email: string
  role: Role
  /** IANA name; the person's own, else the organisation's. */
  timeZone: string
  /** How they proved who they are: with a token there is no session to renew or sign out of. */
  via: 'session' | 'token' | 'terminal'
}

/** What both roles have in common: roles add up, but facilitator and editor do not contain each other. */
export function lesserRole(one: Role, other: Role): Role {
  if (one === other || other === 'administrator') return one
  return one === 'administrator' ? other : 'member'
}

/** Reads a stored role; an unknown word grants the least. */
export function roleOf(text: string): Role {
  return (ROLES as readonly string[]).includes(text) ? (text as Role) : 'member'
}

const GRANTS = {
  read: ['member', 'facilitator', 'editor', 'administrator'],
  'draft postmortems': ['member', 'facilitator', 'editor', 'administrator'],
  'own action items': ['member', 'facilitator', 'editor', 'administrator'],
  'see every draft': ['editor', 'administrator'],
  'edit the library': ['editor', 'administrator'],
  'import postmortems and incidents': ['editor', 'administrator'],
  'record incidents': ['member', 'facilitator', 'editor', 'administrator'],
  'see people': ['member', 'facilitator', 'editor', 'administrator'],
  'take part in forums': ['member', 'facilitator', 'editor', 'administrator'],
  'run forums': ['facilitator', 'administrator'],
  'write reports': ['editor', 'administrator'],
  'publish reports': ['administrator'],
  administer: ['administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof GRANTS

export function can(actor: Actor | null, permission: Permission): boolean {
  return actor !== null && (GRANTS[permission] as readonly Role[]).includes(actor.role)
}

/** The roles that grant something. */
export function rolesThatMay(permission: Permission): readonly Role[] {
  return GRANTS[permission]
}

/** @throws AppError not-found, so that one cannot tell what exists from what is forbidden. */
export function demand(actor: Actor, permission: Permission): void {
  if (!can(actor, permission)) throw notFound()
}
