import { inChromium } from '#app/platform/chromium.server.ts'
import type { Db } from '#db/index.server.ts'
import type { Drawn } from './exhibits/exhibit-svg.ts'
import { exhibitToSvg } from './exhibits/exhibit-svg.ts'
import { PAPER_THEME } from './exhibits/svg.ts'
import type { Edition } from './report.ts'
import { shownReport } from './shown-report.server.ts'
import { facesCss, printDocument, runningHead } from './ui/print-document.server.tsx'

/** An edition as a PDF of A4 pages with a running head and page numbers. @throws AppError where it cannot be printed. */
export function reportPdf(db: Db, edition: Edition): Promise<Buffer> {
  return kept(db, `pdf ${nameOf(edition)}`, () => {
    const report = shownReport(edition.content, edition.words, edition)
    const { head, foot } = runningHead(report)
    return inChromium(async page => {
      await page.setContent(printDocument(report), { waitUntil: 'load' })
      return page.pdf({
        format: 'A4',
        printBackground: true,
        displayHeaderFooter: true,
        headerTemplate: head,
        footerTemplate: foot,
        margin: { top: '22mm', bottom: '20mm', left: '20mm', right: '20mm' },
        tagged: true,
        outline: true,
      })
    })
  })
}

/** One picture of an edition as PNG, twice as fine as it is shown. @throws AppError where it cannot be drawn. */
export function exhibitPng(db: Db, edition: Edition, exhibit: Drawn): Promise<Buffer> {
  return kept(db, `png ${exhibit.id} ${nameOf(edition)}`, () =>
    inChromium(async page => {
      const style = `<style>${facesCss()}body{margin:0}svg{display:block;padding:16px;background:#fff}</style>`
      await page.setContent(`<!doctype html>${style}${exhibitToSvg(exhibit, PAPER_THEME)}`, { waitUntil: 'load' })
      return page.locator('svg').screenshot({ type: 'png' })
    }),
  )
}

function nameOf({ number, publishedAt, content }: Edition): string {
  return `${content.period.key} ${number} ${publishedAt}`
}

/** What is costly is kept for the editions asked for last, by database; an edition never changes. */
const shelves = new WeakMap<Db, Map<string, Promise<Buffer>>>()
const MOST_KEPT = 40

function kept(db: Db, name: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const shelf = shelves.get(db) ?? new Map<string, Promise<Buffer>>()
  shelves.set(db, shelf)
  const found = shelf.get(name) ?? make()
  shelf.delete(name)
  shelf.set(name, found)
  found.catch(() => shelf.delete(name))
  const [oldest] = shelf.keys()
  if (shelf.size > MOST_KEPT && oldest !== undefined) shelf.delete(oldest)
  return found
}
