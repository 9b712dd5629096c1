import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distributionMarks } from '#app/reports/exhibits/distribution-marks.ts'
import { exhibitToSvg, isDrawn } from '#app/reports/exhibits/exhibit-svg.ts'
import { tableOf } from '#app/reports/exhibits/exhibit-table.ts'
import { alternativeText, isTooFew, pointsSaid } from '#app/reports/exhibits/exhibit-words.ts'
import { numberWords, percentWords, withUnit } from '#app/reports/exhibits/number-words.ts'
import { PAGE_THEME, PAPER_THEME, ticksTo } from '#app/reports/exhibits/svg.ts'
import { tableHtml } from '#app/reports/exhibits/table-html.ts'
import { headlineWords } from '#app/reports/headline-words.ts'
import type { DistributionExhibit, RunExhibit } from '#app/reports/report.ts'
import { anyExhibit, aReport, aRun, EXHIBITS } from './report-fixture.ts'

const drawn = EXHIBITS.filter(isDrawn)

describe('Numbers', () => {
  test('show the digits that count', () => {
    expect([0.8804, 9.6101, 75.44, 1200, 0, null].map(numberWords)).toEqual(['0.88', '9.61', '75.4', '1,200', '0', '–'])
    expect(percentWords(0.596)).toBe('60\u00a0%')
    expect([withUnit(1, 'minutes'), withUnit(13, 'minutes'), withUnit(null, 'days')]).toEqual([
      '1 minute',
      '13 minutes',
      '–',
    ])
  })

  test('on an axis are round and reach the greatest value', () => {
    expect(ticksTo(17)).toEqual([0, 5, 10, 15, 20])
    expect(ticksTo(3, true)).toEqual([0, 1, 2, 3])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), most => {
        const ticks = ticksTo(most)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9))
        expect(ticks.length).toBeLessThanOrEqual(7)
      }),
    )
  })
})

describe('A picture', () => {
  test.each(drawn.map(exhibit => [exhibit.kind, exhibit] as const))(
    'of kind %s says in words what it shows',
    (_, exhibit) => {
      const svg = exhibitToSvg(exhibit, PAPER_THEME)
      expect(svg).toContain('<desc>')
      expect(alternativeText(exhibit)).toContain(exhibit.title)
      expect(pointsSaid(exhibit).length).toBeGreaterThan(0)
    },
  )

  test('of a run names signals, breaks, the target and the limits', () => {
    const words = alternativeText(aRun())
    expect(words).toContain('Mar 2026 above what chance alone would give')
    expect(words).toContain('Not comparable before Feb 2026: alerts come from another system.')
    expect(words).toContain('The target is 15.')
    expect(exhibitToSvg(aRun() as RunExhibit, PAGE_THEME)).toContain('var(--alarm)')
  })

  test('never breaks its own markup, whatever people wrote and counted', () => {
    fc.assert(
      fc.property(anyExhibit, exhibit => {
        if (!isDrawn(exhibit)) return
        for (const theme of [PAGE_THEME, PAPER_THEME]) {
          const svg = exhibitToSvg(exhibit, theme)
          expect(svg).not.toMatch(/NaN|Infinity|undefined/)
          // What is left of it without its tags and entities has no markup in it.
          expect(svg.replace(/<[a-z/][^<>]*>/g, '')).not.toMatch(/[<>]/)
          expect(svg).not.toMatch(/ style=| on\w+=/)
        }
      }),
    )
  })

  test('marks median and 90th percentile in the classes in which they lie', () => {
    const classes = ['up to 5 min', '5 to 15 min', '15 to 30 min', '30 to 60 min', '1 to 2 h', 'over a day'].map(
      label => ({
        label,
        count: 1,
        before: null,
      }),
    )
    const marks = distributionMarks({ classes, median: 10, p90: 90 } as unknown as DistributionExhibit)
    expect(marks.map(mark => mark.at)).toEqual([1.5, 4 + 30 / 1380])
  })
})

describe('A table', () => {
  test('has every cell, and never breaks its own markup, whatever people wrote', () => {
    fc.assert(
      fc.property(anyExhibit, exhibit => {
        const html = tableHtml(exhibit)
        const { columns, rows } = tableOf(exhibit)
        expect(html.match(/<t[hd][ >]/g)).toHaveLength(columns.length * (rows.length + 1))
        expect(html.replace(/<[a-z/][^<>]*>/g, '')).not.toMatch(/[<>]/)
      }),
    )
  })
})

describe('Every point', () => {
  test('that can be pointed at stands in the table too', () => {
    fc.assert(
      fc.property(anyExhibit, exhibit => {
        const { rows } = tableOf(exhibit)
        const perRow = exhibit.kind === 'multiples' ? exhibit.labels.length : 1
        expect(pointsSaid(exhibit)).toHaveLength(rows.length * perRow)
      }),
    )
  })
})

describe('Under six observations', () => {
  test('a picture and a headline figure say that no trend can be read', () => {
    const few = { ...(EXHIBITS[1] as DistributionExhibit), classes: [{ label: '0–5', count: 5, before: null }] }
    expect(isTooFew(few)).toBe(true)
    expect(alternativeText(few)).toContain('Too few to read a trend from.')
    const figure = aReport().headline.find(one => one.id === 'postmortems.onTime')
    expect(figure && headlineWords(figure)).toMatchObject({
      isFew: true,
      facts: expect.arrayContaining(['too few to read a trend from']),
    })
  })
})

describe('A headline figure', () => {
  test('calls a change wanted only where it is one, and knows a goal of none', () => {
    const [detect, led, , customers] = aReport().headline.map(headlineWords)
    expect(detect).toMatchObject({ big: '5', after: ' min', sign: '▼', tone: 'good' })
    expect(led).toMatchObject({ big: '31', after: ' of 52', tone: null, target: 'target 65\u00a0%' })
    expect(customers).toMatchObject({ big: '3', after: ' of 15', sign: '', target: 'goal is none' })
  })
})
