import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Figure } from '#app/measure/figure.ts'
import { definitionOf } from '#app/reports/definitions.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import { headlineWords } from '#app/reports/headline-words.ts'
import { CHAPTER_QUESTIONS, type Claim, type Edition } from '#app/reports/report.ts'
import { reportJson, reportMarkdown } from '#app/reports/report-files.ts'
import { readEdition } from '#app/reports/view-report.server.ts'
import { withSite } from './context.ts'

interface Options {
  from?: string
  to?: string
  asOf?: string
  period?: string
  edition?: number
  format: 'text' | 'markdown' | 'json'
}

export function addReport(program: Command): void {
  const command = program
    .command('report')
    .description('print the figures of a period, or a published report')
    .option('--from <day>', 'the first day, YYYY-MM-DD, in the organisation’s time zone')
    .option('--to <day>', 'the day after the last')
    .option('--as-of <moment>', 'the moment of looking, ISO 8601 with zone; now if left out')
    .addOption(
      new Option('--period <period>', 'the published report on a period, such as 2026-Q3').conflicts([
        'from',
        'to',
        'asOf',
      ]),
    )
    .addOption(new Option('--edition <number>', 'an earlier edition of it').argParser(wholeNumber))
    .addOption(
      new Option('--format <format>', 'how to print them').choices(['text', 'markdown', 'json']).default('text'),
    )
  command.action((options: Options) => {
    const { from, to, asOf, period, edition = null, format } = options
    if (period !== undefined)
      return withSite(async context => printReport(await readEdition(context, period, edition), format))
    if (from === undefined || to === undefined)
      return command.error('error: give --from and --to for figures, or --period for a report')
    if (format === 'markdown') return command.error('error: figures are printed as text or json')
    return withSite(async context => {
      const report = await readFigures(context, { from, to, asOf })
      if (format === 'json') return void console.log(JSON.stringify(report, null, 1))
      console.log(`${report.from} to ${report.to} (${report.timeZone}), as of ${report.asOf}`)
      for (const [id, figure] of Object.entries(report.figures)) console.log(lineOf(id, figure))
    })
  })
}

function printReport(edition: Edition, format: Options['format']): void {
  if (format === 'json') return void console.log(reportJson(edition).trimEnd())
  if (format === 'markdown') return void console.log(reportMarkdown(edition).trimEnd())
  const { content, words } = edition
  console.log(`${content.period.title}\n\n${words.story ?? textOf(content.story)}\n`)
  for (const figure of content.headline) {
    const { big, after, facts, change, target } = headlineWords(figure)
    const beside = [...facts, change, target].filter(Boolean).join(' · ')
    console.log(`${figure.label.padEnd(28)}${`${big}${after}`.padStart(16)}${beside && `  (${beside})`}`)
  }
  for (const { id, claims, missing } of content.chapters) {
    const written = [textOf(claims), missing, words.commentary[id]].filter(Boolean)
    console.log(`\n${CHAPTER_QUESTIONS[id]}\n${written.join('\n\n')}`)
  }
}

function textOf(claims: readonly Claim[]): string {
  return claims.map(claim => claim.text).join(' ')
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Editions are numbered from 1 on.')
  return Number(text)
}

function lineOf(id: string, { value, low, high, ...rest }: Figure): string {
  const beside = Object.entries(rest).map(([name, number]) => `${name} ${shown(number)}`)
  if (low !== undefined && low !== null) beside.unshift(`${shown(low)} to ${shown(high ?? null)}`)
  const name = definitionOf(id)?.name ?? ''
  return `${id.padEnd(36)}${name.padEnd(36)}${shown(value).padStart(12)}${beside.length ? `  (${beside.join(', ')})` : ''}`
}

function shown(number: number | null | undefined): string {
  return typeof number === 'number' ? String(Number(number.toFixed(3))) : '–'
}
