/** What one person may be told of another: everybody name, team and role; administrators the rest. */
import { type Actor, can, type Role, roleOf } from './actor.ts'

export type AccountState = 'none' | 'invited' | 'open' | 'closed'

export interface PersonView {
  id: string
  name: string
  team: { id: string; slug: string; name: string } | null
  /** Null without a usable account. */
  role: Role | null
  /** Administrators only; undefined for everybody else. */
  details?: {
    email: string
    managerId: string | null
    isEngineer: boolean
    startedOn: string | null
    leftOn: string | null
    timeZone: string | null
    account: AccountState
  }
}

interface Row {
  id: string
  name: string
  email: string
  teamId: string | null
  teamName: string | null
  teamSlug: string | null
  managerId: string | null
  isEngineer: number
  startedOn: string | null
  leftOn: string | null
  timeZone: string | null
  accountId: string | null
  role: string | null
  disabledAt: string | null
  passwordHash: string | null
}

export function personView(row: Row, actor: Actor): PersonView {
  const account = accountState(row)
  const view: PersonView = {
    id: row.id,
    name: row.name,
    team:
      row.teamId && row.teamSlug && row.teamName ? { id: row.teamId, slug: row.teamSlug, name: row.teamName } : null,
    role: row.role && account === 'open' ? roleOf(row.role) : null,
  }
  if (!can(actor, 'administer')) return view
  return {
    ...view,
    role: row.role ? roleOf(row.role) : null,
    details: {
      email: row.email,
      managerId: row.managerId,
      isEngineer: row.isEngineer === 1,
      startedOn: row.startedOn,
      leftOn: row.leftOn,
      timeZone: row.timeZone,
      account,
    },
  }
}

function accountState(row: Row): AccountState {
  if (row.accountId === null) return 'none'
  if (row.disabledAt !== null) return 'closed'
  return row.passwordHash === null ? 'invited' : 'open'
}
