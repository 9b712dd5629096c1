import { Readable } from 'node:stream'
import { fileLoader } from '#app/http/file.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { reportPdf } from '#app/reports/print-report.server.ts'
import { reportCsv, reportJson, reportMarkdown } from '#app/reports/report-files.ts'
import { readEdition } from '#app/reports/view-report.server.ts'

/** A published report as a file: `/reports/:period/export.(pdf|csv|json|md)`, `?edition=` for an earlier one. */
export const loader = fileLoader('read', async ({ db, actor, params, url }) => {
  const asked = url.searchParams.get('edition')
  const number = asked === null ? null : /^\d{1,4}$/.test(asked) ? Number(asked) : 0
  const edition = await readEdition({ db, actor }, params.period ?? '', number)
  const ending = /\.(\w+)(?:\.data)?$/.exec(url.pathname)?.[1]
  const name = `culture-health-${edition.content.period.key}.${ending}`
  switch (ending) {
    case 'pdf':
      return { body: Readable.from([await reportPdf(db, edition)]), type: 'application/pdf', name }
    case 'csv':
      return { body: reportCsv(edition), type: 'text/csv; charset=utf-8', name }
    case 'json':
      return { body: reportJson(edition), type: 'application/json; charset=utf-8', name }
    case 'md':
      return { body: reportMarkdown(edition), type: 'text/markdown; charset=utf-8', name }
    default:
      throw notFound('This file')
  }
})
