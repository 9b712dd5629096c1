import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { exportTraffic } from '#app/incidents/export-traffic.server.ts'
import { writeCandorMarkdown } from '#app/postmortems/candor-format.ts'
import { exportCsv, exportJsonLines, exportRecords } from '#app/postmortems/export-postmortems.server.ts'
import { pathGiven, withSite } from './context.ts'

export function addExport(program: Command): void {
  program
    .command('export <folder>')
    .description('write the library as Markdown files, JSON Lines and CSV, and the traffic as CSV')
    .action((given: string) =>
      withSite(async ({ db, actor }) => {
        const folder = pathGiven(given)
        const texts = join(folder, 'postmortems')
        await mkdir(texts, { recursive: true })
        let count = 0
        for await (const { slug, record } of exportRecords(db)) {
          await writeFile(join(texts, `${slug}.md`), writeCandorMarkdown(record))
          count++
        }
        await pipeline(Readable.from(exportJsonLines(db)), createWriteStream(join(folder, 'postmortems.jsonl')))
        await pipeline(Readable.from(exportCsv(db)), createWriteStream(join(folder, 'postmortems.csv')))
        await pipeline(Readable.from(exportTraffic({ db, actor })), createWriteStream(join(folder, 'traffic.csv')))
        console.log(`${count} postmortems in ${folder}`)
      }),
    )
}
