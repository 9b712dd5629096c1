/** What leaves the site of a report: every output is made from its content, and holds no number that is not in it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exhibitToSvg, isDrawn } from '#app/reports/exhibits/exhibit-svg.ts'
import { alternativeText, pointsSaid } from '#app/reports/exhibits/exhibit-words.ts'
import { numberWords, percentNumber } from '#app/reports/exhibits/number-words.ts'
import { PAPER_THEME } from '#app/reports/exhibits/svg.ts'
import { editionOfChapters } from '#app/reports/public-content.ts'
import { CHAPTERS, type ChapterId, type Edition, type ReportContent } from '#app/reports/report.ts'
import { reportCsv, reportJson, reportMarkdown } from '#app/reports/report-files.ts'
import { shownReport } from '#app/reports/shown-report.server.ts'
import { aChapter, anyReport, aReport, EXHIBITS } from './report-fixture.ts'

function editionOf(content: ReportContent): Edition {
  return {
    number: 2,
    publishedAt: '2026-10-06T09:00:00.000Z',
    content,
    words: {
      story: 'Our own story of 777 things.',
      commentary: { safety: 'What we heard: 888.', noticing: 'Alerts: 999.' },
    },
    differences: ['time.toDetect was 9 minutes, now 5.'],
    reason: 'An import was doubled.',
  }
}

/** Everything that a reader could put together. */
function outputsOf(edition: Edition): string[] {
  const exhibits = edition.content.chapters.flatMap(chapter => chapter.exhibits)
  return [
    reportCsv(edition),
    reportJson(edition),
    reportMarkdown(edition),
    JSON.stringify(shownReport(edition.content, edition.words, edition)),
    ...exhibits.flatMap(exhibit => [
      alternativeText(exhibit),
      ...pointsSaid(exhibit).map(point => point.said),
      ...(isDrawn(exhibit) ? textsOf(exhibitToSvg(exhibit, PAPER_THEME)) : []),
    ]),
  ]
}

/** The letters of a picture, without the marks on its axes. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].flatMap(([, look, words]) =>
    look?.includes('data-tick') ? [] : [unescaped(words ?? '')],
  )
}

function unescaped(words: string): string {
  return words.replace(
    /&(lt|gt|quot|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '',
  )
}

const NUMBER = /\d[\d,]*(?:\.\d+)?/g

/** Every number that the content holds, in each form in which a number is written. */
function writtenForms(value: unknown, into = new Set<string>()): Set<string> {
  if (typeof value === 'number')
    for (const form of [numberWords(value), percentNumber(value), percentNumber(value, 1), String(value)])
      for (const [digits] of form.matchAll(NUMBER)) into.add(digits)
  if (typeof value === 'string') for (const [digits] of value.matchAll(NUMBER)) into.add(digits)
  if (value && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) {
      writtenForms(key, into)
      writtenForms(one, into)
    }
  return into
}

describe('What is hidden', () => {
  test('cannot be put together from page, tables, pictures, words and files: none has a number of its own', () => {
    fc.assert(
      fc.property(anyReport, content => {
        const edition = editionOf(content)
        const known = writtenForms(edition)
        const counts = content.chapters.flatMap(chapter =>
          chapter.exhibits.map(one => (one.kind === 'table' ? one.rows.length : 0)),
        )
        for (const output of [
          ...content.chapters.flatMap(chapter =>
            chapter.exhibits.flatMap(exhibit => [
              alternativeText(exhibit),
              ...pointsSaid(exhibit).map(point => point.said),
              ...(isDrawn(exhibit) ? textsOf(exhibitToSvg(exhibit, PAPER_THEME)) : []),
            ]),
          ),
          // The names of figures and the order of headings are ours.
          reportMarkdown(edition).replace(/^#.*48 hours.*$/gm, ''),
        ])
          for (const [digits] of output.matchAll(NUMBER))
            if (!known.has(digits) && !known.has(digits.replace(/,/g, '')) && !counts.includes(Number(digits)))
              expect.soft(`${digits} in ${output.slice(0, 300)}`).toBe('a number of the report')
      }),
      { numRuns: 60 },
    )
  })

  test('does not move any output: the same content gives the same bytes', () => {
    fc.assert(
      fc.property(anyReport, content => {
        expect(outputsOf(editionOf(structuredClone(content)))).toEqual(outputsOf(editionOf(content)))
      }),
      { numRuns: 20 },
    )
  })
})

describe('The public edition', () => {
  const chapters = fc.subarray([...CHAPTERS], { minLength: 1, maxLength: CHAPTERS.length - 1 })

  test('holds nothing of chapters that were not chosen', () => {
    fc.assert(
      fc.property(chapters, chosen => {
        const marked = (id: ChapterId, at: number) => ({
          ...aChapter(id, [{ ...EXHIBITS[at % EXHIBITS.length]!, id: `of-${id}`, title: `Title of ${id}` }]),
          figures: [`${id}.figure`],
          claims: [{ text: `Said in ${id}.`, figures: [`${id}.figure`] }],
        })
        const content = {
          ...aReport(CHAPTERS.map(marked)),
          figures: Object.fromEntries(CHAPTERS.map(id => [`${id}.figure`, { value: 1 }])),
          previous: Object.fromEntries(CHAPTERS.map(id => [`${id}.figure`, { value: 2 }])),
          definitions: Object.fromEntries(CHAPTERS.map(id => [`${id}.figure`, 1])),
          story: CHAPTERS.map(id => ({ text: `Story of ${id}.`, figures: [`${id}.figure`] })),
          headline: CHAPTERS.map(id => ({ ...aReport().headline[0]!, id: `${id}.figure`, label: `Headline of ${id}` })),
        }
        const edition = editionOf(content)
        const commentary = Object.fromEntries(CHAPTERS.map(id => [id, `Commentary on ${id}.`]))
        const shown = editionOfChapters({ ...edition, words: { story: 'The whole.', commentary } }, chosen)
        const all = JSON.stringify(shown)
        for (const id of CHAPTERS)
          for (const mark of [
            `${id}.figure`,
            `of-${id}"`,
            `Title of ${id}"`,
            `Story of ${id}.`,
            `Headline of ${id}"`,
            `on ${id}.`,
          ])
            expect(all.includes(mark), `${mark} with ${chosen}`).toBe(chosen.includes(id))
        expect(all).not.toContain('The whole.')
        expect(all).not.toContain('doubled')
        if (!chosen.includes('safety')) expect(shown.content.releases).toEqual([])
        if (!chosen.includes('cost')) expect(shown.content.costPerHour).toBe(0)
      }),
    )
  })

  test('is the whole report where every chapter was chosen', () => {
    const edition = editionOf(aReport())
    expect(editionOfChapters(edition, CHAPTERS)).toEqual(edition)
  })
})

describe('The files', () => {
  const edition = editionOf(aReport())

  test('CSV has a row for each figure, of the period and of the one before', () => {
    const lines = reportCsv(edition).trim().split('\r\n')
    expect(lines).toHaveLength(
      1 + Object.keys(edition.content.figures).length + Object.keys(edition.content.previous).length,
    )
    expect(lines.find(line => line.startsWith('2026-Q3,time.toDetect'))).toContain(',5,,15,2,13,19,0,2,')
  })

  test('JSON gives the edition back, with the definitions that it follows', () => {
    const { definitions, ...rest } = JSON.parse(reportJson(edition))
    expect(rest).toEqual(edition)
    expect(definitions.map((one: { id: string }) => one.id)).toEqual(Object.keys(edition.content.definitions))
  })

  test('Markdown says the story, the headline and every table, and markup of others stays words', () => {
    const text = reportMarkdown(edition)
    expect(text).toContain('Our own story of 777 things.')
    expect(text).toContain('| Engineers who have led | 31 of 52 |')
    expect(text).toContain('A small \\<group\\>')
  })
})
