/** `npm run bench -- <name>`: side-by-side measurements. A table on stdout, or JSON for machines. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Bench } from './bench/measure.ts'

const BENCHES: Record<string, () => Promise<{ default: Bench }>> = {
  ballots: () => import('./bench/ballots.ts'),
  figures: () => import('./bench/figures.ts'),
  import: () => import('./bench/import.ts'),
  incidents: () => import('./bench/incidents.ts'),
  library: () => import('./bench/library.ts'),
  live: () => import('./bench/live.ts'),
  release: () => import('./bench/release.ts'),
  report: () => import('./bench/report.ts'),
  relevance: () => import('./bench/relevance.ts'),
  search: () => import('./bench/search.ts'),
}

/** Those that measure what is in a folder. */
const WITH_FOLDER = new Set(['relevance'])

const HELP = `Usage: npm run bench -- <name> [<folder>] [--json] [--quick] [--svg <file>]

Measures Candor beside a named baseline, both in the same run.

  ballots   collecting and casting by 16 clients at once
  figures   the figures of a year, with 500 and 5,000 incidents
  import    time and peak memory to bring in 1,000 and 10,000 postmortems
  incidents pages that list, with 500 and 5,000 incidents
  library   a search page over HTTP with 1,000 and 10,000 postmortems
  live      from a command to 1,000 live boards, after a crash, over two instances
  release   closing a wave and reading its results, with 1,000 and 10,000 responses
  report    a quarter’s culture health report built and served, with 10,000 incidents
  relevance how well search answers questions with judged answers: those of <folder>, with its
            documents.jsonl, queries.jsonl and judgements.tsv, else those beside the project
  search    search, its page, publishing and rebuilding with 1,000, 10,000 and 100,000 postmortems
            on both databases; mistyped words

  --json    figures for machines instead of a table
  --quick   small sizes, one run: whether it works, not how fast it is
  --svg     writes a picture of the result, where the bench draws one
  --help    this text

Exit status: 0 done, 1 it could not be measured, 2 wrong usage.`

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        quick: { type: 'boolean' },
        svg: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

function refuse(why: string): never {
  console.error(`${why}\n\n${HELP}`)
  process.exit(2)
}

const { values, positionals } = readArguments()
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const [name, folder, ...more] = positionals
if (!name) refuse('Which bench?')
if (more.length || (folder && !WITH_FOLDER.has(name))) refuse(`One bench at a time: ${positionals.join(', ')}`)
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
if (!load) refuse(`There is no bench named ${name}.`)

try {
  const { default: bench } = await load()
  if (!values.json) console.log(`${bench.title}\n`)
  const { json, text, svg } = await bench.run({
    quick: values.quick ?? false,
    folder,
    say: line => console.error(`… ${line}`),
  })
  console.log(values.json ? JSON.stringify(json, null, 2) : text)
  if (values.svg && svg) writeFileSync(values.svg, svg)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
