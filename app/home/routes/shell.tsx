import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can, type Permission } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { ErrorPage } from '#app/ui/error-page.tsx'
import { Shell } from '#app/ui/shell.tsx'
import { type ShellData, viewerOf } from '#app/ui/viewer.ts'

const MENU_PERMISSIONS: Permission[] = [
  'administer',
  'edit the library',
  'import postmortems and incidents',
  'draft postmortems',
  'record incidents',
]

export const loader = pageLoader('read', async ({ db, actor, request, isDemo }): Promise<ShellData> => {
  const settings = await readSettings(db)
  const pinned = /(?:^|;\s*)candor_theme=(light|dark)/.exec(request.headers.get('cookie') ?? '')?.[1]
  return {
    viewer: viewerOf(
      actor,
      MENU_PERMISSIONS.filter(permission => can(actor, permission)),
    ),
    theme: pinned as ShellData['theme'],
    organisation: settings.organisationName,
    isDemo,
    sections: [
      { to: '/library', label: 'Library' },
      { to: '/incidents', label: 'Incidents' },
      { to: '/actions', label: 'Actions' },
      { to: '/themes', label: 'Themes' },
      { to: '/surveys', label: 'Surveys' },
      { to: '/guides', label: 'Guides' },
      { to: '/people', label: 'People' },
    ],
  }
})

export default function ShellRoute() {
  const shell = useLoaderData<ShellData>()
  return (
    <Shell shell={shell}>
      <Outlet />
    </Shell>
  )
}

export function ErrorBoundary() {
  const shell = useRouteLoaderData('shell') as ShellData | undefined
  return shell ? (
    <Shell shell={shell}>
      <ErrorPage />
    </Shell>
  ) : (
    <ErrorPage />
  )
}
