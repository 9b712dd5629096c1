import { type Command, Option } from 'commander'
import type { Figure } from '#app/measure/figure.ts'
import { definitionOf } from '#app/reports/definitions.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import { withSite } from './context.ts'

export function addReport(program: Command): void {
  program
    .command('report')
    .description('print the figures of a period')
    .requiredOption('--from <day>', 'the first day, YYYY-MM-DD, in the organisation’s time zone')
    .requiredOption('--to <day>', 'the day after the last')
    .option('--as-of <moment>', 'the moment of looking, ISO 8601 with zone; now if left out')
    .addOption(new Option('--format <format>', 'how to print them').choices(['text', 'json']).default('text'))
    .action((options: { from: string; to: string; asOf?: string; format: 'text' | 'json' }) =>
      withSite(async context => {
        const report = await readFigures(context, options)
        if (options.format === 'json') return void console.log(JSON.stringify(report, null, 1))
        console.log(`${report.from} to ${report.to} (${report.timeZone}), as of ${report.asOf}`)
        for (const [id, figure] of Object.entries(report.figures)) console.log(lineOf(id, figure))
      }),
    )
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
