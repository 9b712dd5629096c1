import { importOperation } from '#app/home/api.ts'
import { demandImport, importAnything, importKind } from '#app/home/import-anything.server.ts'
import { handle, serve } from '#app/http/api.server.ts'
import { readBody } from '#app/http/read-form.server.ts'
import { AppError } from '#app/platform/errors.ts'

const UPLOAD_LIMIT = 20 * 1024 * 1024

const ENDINGS: Record<string, string> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'jsonl',
  'text/markdown': 'md',
  'application/zip': 'zip',
  'application/json': 'json',
}

const api = serve(
  handle(importOperation, async ({ db, clock, actor, request, params, query }) => {
    const kind = importKind(params.kind)
    demandImport(actor, kind)
    const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
    // Of the rest nothing is one JSON document.
    const ending = type === 'application/json' && kind !== 'statuspage' ? undefined : ENDINGS[type]
    if (!ending)
      throw new AppError(
        'invalid',
        `Send the file with one of these content types: ${Object.keys(ENDINGS).join(', ')}.`,
        [{ path: 'content-type', message: type ? `${type} is not one of them.` : 'It is missing.' }],
      )
    const bytes = await readBody(request, UPLOAD_LIMIT)
    return importAnything({ db, clock, actor }, kind, [{ name: query.name ?? `import.${ending}`, bytes }], {
      dryRun: query.dryRun === '1',
    })
  }),
)

export const loader = api.loader
export const action = api.action
