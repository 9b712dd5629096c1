import { Readable } from 'node:stream'
import { fileLoader } from '#app/http/file.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { exhibitToSvg, isDrawn } from '#app/reports/exhibits/exhibit-svg.ts'
import { PAPER_THEME } from '#app/reports/exhibits/svg.ts'
import { exhibitPng } from '#app/reports/print-report.server.ts'
import { readEdition } from '#app/reports/view-report.server.ts'

/** One picture of the newest edition: `/reports/:period/figures/<exhibit>.(svg|png)`. */
export const loader = fileLoader('read', async ({ db, actor, params }) => {
  const [, id, ending] = /^([a-z0-9-]+)\.(svg|png)$/.exec(params.file ?? '') ?? []
  const edition = await readEdition({ db, actor }, params.period ?? '')
  const exhibit = edition.content.chapters.flatMap(chapter => chapter.exhibits).find(one => one.id === id)
  if (!exhibit || !isDrawn(exhibit)) throw notFound('This picture')
  const name = `${edition.content.period.key}-${id}.${ending}`
  if (ending === 'svg') return { body: exhibitToSvg(exhibit, PAPER_THEME), type: 'image/svg+xml; charset=utf-8', name }
  return { body: Readable.from([await exhibitPng(db, edition, exhibit)]), type: 'image/png', name }
})
