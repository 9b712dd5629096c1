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
        route('me', 'home/routes/me.tsx')
        route('import', 'home/routes/import.tsx')
        route('admin/services', 'incidents/routes/services.tsx')
        route('admin/sources', 'incidents/routes/sources.tsx')
        route('admin/sources/:slug', 'incidents/routes/source.tsx')
        route('admin/sources/:slug/remove', 'incidents/routes/remove-source.tsx')
        route('admin/sources/:slug/deliveries/:id', 'incidents/routes/delivery.tsx')
        route('people', 'identity/routes/people.tsx')
        route('people/new', 'identity/routes/new-person.tsx')
        route('people/import', 'identity/routes/import-people.tsx')
        route('people/teams', 'identity/routes/teams.tsx')
        route('people/teams/:slug', 'identity/routes/team.tsx')
        route('people/:id', 'identity/routes/person.tsx')
        route('people/:id/edit', 'identity/routes/edit-person.tsx')
        route('people/:id/close', 'identity/routes/close-account.tsx')
        route('admin', 'identity/routes/admin.tsx')
        route('admin/settings', 'identity/routes/settings.tsx')
        route('admin/tokens', 'identity/routes/tokens.tsx')
        route('admin/tokens/:id/revoke', 'identity/routes/revoke-token.tsx')
        route('admin/audit', 'identity/routes/audit.tsx')
        route('admin/report-readers', 'reports/routes/readers.tsx')
        route('docs/api', 'home/routes/api-docs.tsx')

        route('library', 'postmortems/routes/library.tsx')
        route('library/import', 'postmortems/routes/import.tsx')
        route('library/import/:id', 'postmortems/routes/import-preview.tsx')
        route('library/import/:id/:position', 'postmortems/routes/import-record.tsx')
        route('library/export', 'postmortems/routes/export.tsx')
        route('library/set-aside', 'postmortems/routes/set-aside.tsx')
        route('library/:slug', 'postmortems/routes/postmortem.tsx')
        route('postmortems/new', 'postmortems/routes/new-postmortem.tsx')
        route('postmortems/:id/edit', 'postmortems/routes/edit-postmortem.tsx')
        route('incidents/:key/postmortem', 'postmortems/routes/incident-postmortem.tsx')
        route('library/:slug/history', 'postmortems/routes/history.tsx')
        route('library/:slug/comments', 'postmortems/routes/comments.tsx')
        route('library/:slug/review', 'postmortems/routes/review.tsx')
        route('library/:slug/attachments', 'postmortems/routes/attachments.tsx')
        route('library/:slug/attachments/:id/remove', 'postmortems/routes/remove-attachment.tsx')
        route('library/:slug/summary', 'postmortems/routes/executive-summary.tsx')
        route('library/:slug/summary/edit', 'postmortems/routes/edit-executive-summary.tsx')
        route('saved-searches', 'postmortems/routes/saved-searches.tsx')

        route('incidents', 'incidents/routes/incidents.tsx')
        route('incidents/new', 'incidents/routes/new-incident.tsx')
        route('incidents/:key', 'incidents/routes/incident.tsx')
        route('incidents/:key/edit', 'incidents/routes/edit-incident.tsx')
        route('incidents/:key/roles', 'incidents/routes/incident-roles.tsx')
        route('incidents/:key/handoff', 'incidents/routes/offer-handoff.tsx')
        route('incidents/:key/handoffs/:id', 'incidents/routes/handoff.tsx')
        route('near-misses', 'incidents/routes/near-misses.tsx')
        route('near-misses/new', 'incidents/routes/new-near-miss.tsx')
        route('near-misses/:id/edit', 'incidents/routes/edit-near-miss.tsx')

        route('actions', 'postmortems/routes/actions.tsx')
        route('actions/new', 'postmortems/routes/new-action.tsx')
        route('actions/:id', 'postmortems/routes/action.tsx')

        route('families/:slug', 'postmortems/routes/family.tsx')

        route('themes', 'postmortems/routes/themes.tsx')
        route('themes/new', 'themes/routes/new-theme.tsx')
        route('themes/analysis', 'postmortems/routes/theme-analysis.tsx')
        route('themes/:slug', 'postmortems/routes/theme.tsx')
        route('themes/:slug/edit', 'themes/routes/edit-theme.tsx')
        route('themes/:slug/merge', 'themes/routes/merge-theme.tsx')

        route('participation', 'participation/routes/participation.tsx')

        route('surveys', 'surveys/routes/surveys.tsx')
        route('surveys/new', 'surveys/routes/new-wave.tsx')
        route('surveys/questionnaires', 'surveys/routes/questionnaires.tsx')
        route('surveys/questionnaires/new', 'surveys/routes/new-questionnaire.tsx')
        route('surveys/questionnaires/:id', 'surveys/routes/questionnaire.tsx')
        route('surveys/questionnaires/:id/preview', 'surveys/routes/preview-questionnaire.tsx')
        route('surveys/:wave/plan', 'surveys/routes/plan-wave.tsx')
        route('surveys/:wave/manage', 'surveys/routes/manage-wave.tsx')
        route('surveys/:wave/preview', 'surveys/routes/preview-wave.tsx')
        route('surveys/:wave/dry-run', 'surveys/routes/dry-run.tsx')

        route('surveys/:wave', 'surveys/routes/wave.tsx')
        route('surveys/:wave/comments', 'surveys/routes/wave-comments.tsx')
        route('surveys/:wave/commitments', 'surveys/routes/commitments.tsx')

        route('forums', 'forums/routes/forums.tsx')
        route('forums/new', 'forums/routes/new-forum.tsx')
        route('forums/patterns', 'forums/routes/patterns.tsx')
        route('forums/calendar', 'forums/routes/calendar.tsx')
        route('forums/series/new', 'forums/routes/new-series.tsx')
        route('forums/series/:id', 'forums/routes/series.tsx')
        route('forums/series/:id/edit', 'forums/routes/edit-series.tsx')
        route('forums/:id', 'forums/routes/forum.tsx')
        route('forums/:id/live', 'forums/routes/live.tsx')
        route('forums/:id/edit', 'forums/routes/edit-forum.tsx')
        route('forums/:id/agenda', 'forums/routes/agenda.tsx')
        route('forums/:id/proposals/:proposal', 'forums/routes/proposal.tsx')

        route('definitions', 'reports/routes/definitions.tsx')

        route('reports', 'reports/routes/reports.tsx')
        route('reports/:period', 'reports/routes/report.tsx')
        route('reports/:period/edit', 'reports/routes/edit-report.tsx')
        route('reports/:period/publish', 'reports/routes/publish-report.tsx')
        route('reports/:period/correct', 'reports/routes/correct-report.tsx')
        route('reports/:period/compare', 'reports/routes/compare-reports.tsx')
        route('reports/:period/public', 'reports/routes/public-addresses.tsx')

        route('guides', 'learning/routes/guides.tsx')
        route('guides/:slug', 'learning/routes/guide.tsx')
      })

      // Before one is signed in
      route('sign-in', 'identity/routes/sign-in.tsx')
      route('sign-out', 'identity/routes/sign-out.ts')
      route('set-up', 'identity/routes/set-up.tsx')
      route('forgotten', 'identity/routes/forgotten.tsx')
      route('invitation/:secret', 'identity/routes/invitation.tsx')
      route('reset/:secret', 'identity/routes/reset.tsx')
      route('actions/update/:secret', 'postmortems/routes/update-action.tsx')
      route('open/reports/:secret', 'reports/routes/open-report.tsx')

      // Files, feeds and forms without a page of their own
      route('admin/sources/:slug/deliveries/:id/body', 'incidents/routes/delivery-body.ts')
      route('surveys/:wave/invited.txt', 'surveys/routes/invited-file.ts')
      route('surveys/:wave/release.csv', 'surveys/routes/release-file.ts')
      route('incidents.csv', 'incidents/routes/incidents-csv.ts')
      route('library/export/:format', 'postmortems/routes/export-file.ts')
      route('library.atom', 'postmortems/routes/feed.ts')
      route('suggestions', 'postmortems/routes/suggestions.ts')
      route('library/:slug/edit', 'postmortems/routes/edit-address.ts')
      route('postmortems/:id/sections/:section', 'postmortems/routes/section.ts')
      route('library/:slug/markdown', 'postmortems/routes/markdown-file.ts')
      route('library/:slug/attachments/:id', 'postmortems/routes/attachment-file.ts')
      route('forums/:id/record.md', 'forums/routes/record-file.ts')
      route('forums/calendar/:secret', 'forums/routes/calendar-file.ts')
      for (const ending of ['pdf', 'csv', 'json', 'md'])
        route(`reports/:period/export.${ending}`, 'reports/routes/report-file.ts', { id: `reports/export-${ending}` })
      route('reports/:period/figures/:file', 'reports/routes/figure-file.ts')
      route('appearance', 'home/routes/appearance.ts')

      // The API
      route('api/v1/openapi.json', 'home/routes/api/openapi.ts')
      route('api/v1/search', 'postmortems/routes/api/search.ts')
      route('api/v1/postmortems', 'postmortems/routes/api/postmortems.ts')
      route('api/v1/postmortems/:slug', 'postmortems/routes/api/postmortem.ts')
      route('api/v1/action-items', 'postmortems/routes/api/action-items.ts')
      route('api/v1/action-items/:id', 'postmortems/routes/api/action-item.ts')
      route('api/v1/themes', 'themes/routes/api/themes.ts')
      route('api/v1/themes/:slug', 'themes/routes/api/theme.ts')
      route('api/v1/incidents', 'incidents/routes/api/incidents.ts')
      route('api/v1/incidents/:key', 'incidents/routes/api/incident.ts')
      route('api/v1/incidents/:key/record', 'incidents/routes/api/record.ts')
      route('api/v1/incidents/:key/updates', 'incidents/routes/api/updates.ts')
      route('api/v1/near-misses', 'incidents/routes/api/near-misses.ts')
      route('api/v1/services', 'incidents/routes/api/services.ts')
      route('api/v1/services/:slug', 'incidents/routes/api/service.ts')
      route('api/v1/people', 'identity/routes/api/people.ts')
      route('api/v1/people/:id', 'identity/routes/api/person.ts')
      route('api/v1/teams', 'identity/routes/api/teams.ts')
      route('api/v1/teams/:slug', 'identity/routes/api/team.ts')
      route('api/v1/forum-series', 'forums/routes/api/all-series.ts')
      route('api/v1/forum-series/:id', 'forums/routes/api/series.ts')
      route('api/v1/forum-proposals', 'forums/routes/api/proposals.ts')
      route('api/v1/forums', 'forums/routes/api/forums.ts')
      route('api/v1/forums/:id', 'forums/routes/api/forum.ts')
      route('api/v1/forums/:id/live/state', 'forums/routes/api/live-state.ts')
      route('api/v1/forums/:id/live/commands', 'forums/routes/api/live-commands.ts')
      route('api/v1/forums/:id/live/events', 'forums/routes/api/live-events.ts')
      route('api/v1/forums/:id/live/time', 'forums/routes/api/live-time.ts')
      route('api/v1/figures', 'reports/routes/api/figures.ts')
      route('api/v1/reports', 'reports/routes/api/reports.ts')
      route('api/v1/reports/:period', 'reports/routes/api/report.ts')
      route('api/v1/definitions', 'reports/routes/api/definitions.ts')
      route('api/v1/waves/:wave/release', 'surveys/routes/api/release.ts')
      route('api/v1/waves/:wave/close', 'surveys/routes/api/close.ts')
      route('api/v1/waves/:wave/publish', 'surveys/routes/api/publish.ts')
      route('api/v1/import/:kind', 'home/routes/api/import.ts')
      route('api/v1/*', 'home/routes/api/not-found.ts')

      route('*', 'home/routes/not-found.tsx')
    })
  },
}
