import { useRouteLoaderData } from '@remix-run/react'
import type { Actor, Permission, Role } from '#app/identity/actor.ts'

/** What the shell knows of the person looking, for times, menus and links that only some roles have. */
export interface Viewer {
  name: string
  email: string
  role: Role
  timeZone: string
  permissions: Permission[]
}

export interface ShellData {
  viewer: Viewer
  theme?: 'light' | 'dark'
  organisation: string
  isDemo: boolean
  /** What the navigation shows to this person. */
  sections: { to: string; label: string }[]
}

export function viewerOf(actor: Actor, permissions: Permission[]): Viewer {
  return { name: actor.name, email: actor.email, role: actor.role, timeZone: actor.timeZone, permissions }
}

export function useShell(): ShellData | undefined {
  return useRouteLoaderData('shell') as ShellData | undefined
}

/** The person looking. Only inside the shell. */
export function useViewer(): Viewer {
  const shell = useShell()
  if (!shell) throw new Error('useViewer needs the shell')
  return shell.viewer
}
