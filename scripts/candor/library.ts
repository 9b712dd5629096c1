import type { Command } from 'commander'
import { reindexPostmortems, verifyIndex } from '#app/postmortems/reindex-postmortems.server.ts'
import { searchAnswer } from '#app/postmortems/resources.server.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { withSite } from './context.ts'

export function addLibrary(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() =>
      withSite(async ({ migrated }) => {
        console.log(
          migrated.applied.length
            ? `Applied: ${migrated.applied.join(', ')}`
            : 'Nothing to do: the database is up to date.',
        )
      }),
    )

  program
    .command('search <query...>')
    .description('search the library; a query with -words to leave out goes into quotes')
    .option('--json', 'print what the API answers')
    .option('--limit <n>', 'how many hits', '10')
    .action((words: string[], options: { json?: boolean; limit: string }) =>
      withSite(async ({ db, env }) => {
        const limit = Math.min(200, Math.max(1, Number(options.limit) || 10))
        const query = {
          q: words.join(' '),
          theme: null,
          severity: null,
          service: null,
          from: null,
          to: null,
          sort: 'best' as const,
          page: 1,
        }
        const found = await searchLibrary(db, query, limit, 0)
        if (options.json) return void console.log(JSON.stringify(searchAnswer(found, env.origin ?? '', null)))
        for (const notice of found.notices) console.log(notice)
        for (const hit of found.hits)
          console.log(
            `${hit.severity ?? '     '}  ${hit.title}\n       /library/${hit.slug}\n       ${inTerminal(hit.snippet)}\n`,
          )
        console.log(found.total === 1 ? '1 postmortem' : `${found.total} postmortems`)
      }),
    )

  program
    .command('reindex')
    .description('hold the search index against the postmortems, and build it again while the old one serves')
    .option('--check', 'compare only; status 1 when something is amiss')
    .action((options: { check?: boolean }) =>
      withSite(async ({ db }) => {
        const { right, wrong, superfluous } = await verifyIndex(db)
        const amiss = wrong.length + superfluous.length
        if (amiss > 0)
          console.error(
            `${right} postmortems are in the index as they are, ${wrong.length} are not; ${superfluous.length} should not be there.`,
          )
        if (options.check) {
          if (amiss > 0) process.exitCode = 1
          else console.log(`${right} postmortems are in the index as they are.`)
          return
        }
        const done = await reindexPostmortems(db, n => process.stderr.write(`\r${n} indexed`))
        process.stderr.write('\n')
        console.log(`${done} postmortems indexed.`)
      }),
    )
}

/** Marks become bold; what was escaped for HTML is itself again, without control characters. */
function inTerminal(snippet: string): string {
  return snippet
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/<mark>/g, '\x1b[1m')
    .replace(/<\/mark>/g, '\x1b[0m')
}
