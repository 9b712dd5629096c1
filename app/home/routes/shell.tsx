import { Outlet, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can, type Permission } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { respondScript } from '#app/surveys/casting/respond-script.server.ts'
import { BallotGuard } from '#app/surveys/ui/ballot-guard.tsx'
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

interface SignedInShell extends ShellData {
  /** Loaded only where this browser keeps a ballot that was not cast. */
  ballotScript: { src: string; integrity: string }
}

export const loader = pageLoader('read', async ({ db, actor, request, isDemo }): Promise<SignedInShell> => {
  const settings = await readSettings(db)
  const { src, integrity } = respondScript()
  const pinned = /(?:^|;\s*)candor_theme=(light|dark)/.exec(request.headers.get('cookie') ?? '')?.[1]
  return {
    viewer: viewerOf(
      actor,
      MENU_PERMISSIONS.filter(permission => can(actor, permission)),
    ),
    theme: pinned as ShellData['theme'],
    organisation: settings.organisationName,
    isDemo,
    ballotScript: { src, integrity },
    sections: [
      { to: '/library', label: 'Library' },
      { to: '/incidents', label: 'Incidents' },
      { to: '/actions', label: 'Actions' },
      { to: '/forums', label: 'Forums' },
      { to: '/themes', label: 'Themes' },
      { to: '/surveys', label: 'Surveys' },
      { to: '/reports', label: 'Reports' },
      { to: '/guides', label: 'Guides' },
      { to: '/people', label: 'People' },
    ],
  }
})

export default function ShellRoute() {
  const shell = useLoaderData<SignedInShell>()
  return (
    <Shell shell={shell}>
      <Outlet />
      <BallotGuard script={shell.ballotScript} />
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
