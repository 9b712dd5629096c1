/**
 * The map: every address and the file that answers it, grouped by room.
 * Vite reads it through vite.config.ts. Two files of a room may share a layout, never an address.
 */

/** @type {import('@remix-run/dev').VitePluginConfig} */
export default {
  appDirectory: 'app',
  ignoredRouteFiles: ['**/*'],
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
  routes(defineRoutes) {
    return defineRoutes(route => {
      // Signed in: everything inside the shell
      route('', 'home/routes/shell.tsx', { id: 'shell' }, () => {
        route('', 'home/routes/front-page.tsx', { index: true })
        route('admin', 'home/routes/admin.tsx')
        route('docs/api', 'home/routes/api-docs.tsx')

        route('library', 'postmortems/routes/library.tsx')
        route('library/import', 'postmortems/routes/import.tsx')
        route('library/import/:id', 'postmortems/routes/import-preview.tsx')
        route('library/import/:id/:position', 'postmortems/routes/import-record.tsx')
        route('library/export', 'postmortems/routes/export.tsx')
        route('library/:slug', 'postmortems/routes/postmortem.tsx')
        route('library/:slug/edit', 'postmortems/routes/edit-postmortem.tsx')
        route('library/:slug/history', 'postmortems/routes/history.tsx')
        route('saved-searches', 'postmortems/routes/saved-searches.tsx')

        route('themes', 'postmortems/routes/themes.tsx')
        route('themes/new', 'themes/routes/new-theme.tsx')
        route('themes/:slug', 'postmortems/routes/theme.tsx')
        route('themes/:slug/edit', 'themes/routes/edit-theme.tsx')
        route('themes/:slug/merge', 'themes/routes/merge-theme.tsx')

        route('guides', 'learning/routes/guides.tsx')
        route('guides/:slug', 'learning/routes/guide.tsx')
      })

      route('*', 'home/routes/not-found.tsx')
    })
  },
}
