/** What this room does by itself. */
import type { Job } from '#app/platform/jobs.server.ts'
import type { Office } from '#app/platform/office.server.ts'
import { digestSlots, mailDigests } from './mail-digest.server.ts'
import { mailEdition, newEditions } from './mail-report.server.ts'

export function reportJobs(office: Office): Job[] {
  return [
    {
      name: 'report-mails',
      slotAt: () => (office.origin === null ? null : newEditions(office)),
      run: turn => mailEdition(office, turn),
    },
    {
      name: 'weekly-digest',
      slotAt: now => digestSlots(office, now),
      run: turn => mailDigests(office, turn),
    },
  ]
}
