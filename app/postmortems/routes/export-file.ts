import { fileLoader } from '#app/http/file.server.ts'
import { dayIn } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { exportCsv, exportJsonLines, exportZip } from '#app/postmortems/export-postmortems.server.ts'

export const loader = fileLoader('read', async ({ db, clock, params }) => {
  const name = `candor-library-${dayIn('UTC', clock.now())}`
  if (params.format === 'markdown') return { body: exportZip(db), type: 'application/zip', name: `${name}.zip` }
  if (params.format === 'jsonl')
    return { body: exportJsonLines(db), type: 'application/x-ndjson; charset=utf-8', name: `${name}.jsonl` }
  if (params.format === 'csv') return { body: exportCsv(db), type: 'text/csv; charset=utf-8', name: `${name}.csv` }
  throw notFound('This form of export')
})
