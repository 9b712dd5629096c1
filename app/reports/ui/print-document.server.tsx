/** A report, and one of its pictures, as documents that need nothing else: type and colours are within them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { renderToStaticMarkup } from 'react-dom/server'
import baseCss from '#app/ui/base.css?inline'
import chartCss from '#app/ui/chart.css?inline'
import printCss from '#app/ui/print.css?inline'
import proseCss from '#app/ui/prose.css?inline'
import tokensCss from '#app/ui/tokens.css?inline'
import reportCss from './report.css?inline'
import { ReportArticle } from './report-article.tsx'
import reportPrintCss from './report-print.css?inline'
import type { ShownReport } from './shown-report.ts'

const STYLES = [tokensCss, baseCss, proseCss, chartCss, printCss, reportCss, reportPrintCss]

const FACES = [
  ['Inter Variable', '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', '100 900'],
  [
    'Source Serif 4 Variable',
    '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
    '200 900',
  ],
  [
    'JetBrains Mono Variable',
    '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
    '100 800',
  ],
] as const

let faces: string | null = null

/** The typefaces as CSS, read once. */
export function facesCss(): string {
  const { resolve } = createRequire(import.meta.url)
  faces ??= FACES.map(([family, file, weight]) => {
    const data = readFileSync(resolve(file)).toString('base64')
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`
  }).join('\n')
  return faces
}

export function printDocument(report: ShownReport): string {
  const body = renderToStaticMarkup(
    <main className="report-page" id="content">
      <ReportArticle report={report} links={{ hasDefinitions: false, files: null }} />
    </main>,
  )
  const title = renderToStaticMarkup(<title>{`${report.title} · ${report.organisation}`}</title>)
  return `<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">${title}<style>${facesCss()}\n${STYLES.join('\n')}</style></head><body>${body}</body></html>`
}

/** What runs along the top and the foot of every page. */
export function runningHead(report: ShownReport): { head: string; foot: string } {
  // Chromium draws this twice as wide: these are the 20 mm of the page’s margins.
  const style = `<style>${facesCss()}div{box-sizing:border-box;width:100%;padding:0 10mm;display:flex;justify-content:space-between;font:7.5pt "Inter Variable",sans-serif;color:#5c564a}</style>`
  const line = (left: string, right: React.ReactNode) =>
    style +
    renderToStaticMarkup(
      <div>
        <span>{left}</span>
        <span>{right}</span>
      </div>,
    )
  return {
    head: line(report.organisation, `Culture health report · ${report.title}`),
    foot: line(
      report.edition
        ? `Edition ${report.edition.number}, published ${dayOf(report.edition.publishedAt, report.timeZone)}`
        : 'Draft',
      <>
        <span className="pageNumber" /> of <span className="totalPages" />
      </>,
    ),
  }
}

function dayOf(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }).format(Date.parse(moment))
}
