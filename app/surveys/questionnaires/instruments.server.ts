/** The instruments of `content/instruments`, read once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { type Instrument, instrumentSchema } from './instrument.ts'

let read: Instrument[] | null = null

/** Every instrument, in the order of their files. @throws ZodError naming what is wrong with a file. */
export function readInstruments(): Instrument[] {
  const folder = join(CONTENT_FOLDER, 'instruments')
  read ??= readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => instrumentSchema.parse(parse(readFileSync(join(folder, name), 'utf8'))))
  return read
}
