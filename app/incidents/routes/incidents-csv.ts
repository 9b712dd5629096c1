import { fileLoader } from '#app/http/file.server.ts'
import { exportIncidents } from '#app/incidents/export-incidents.server.ts'
import { dayIn } from '#app/platform/clock.ts'

export const loader = fileLoader('read', async ({ db, clock, actor }) => ({
  body: exportIncidents({ db, actor }),
  type: 'text/csv; charset=utf-8',
  name: `candor-incidents-${dayIn('UTC', clock.now())}.csv`,
}))
