/** The organisation's severities, read once from `content/severities.yaml`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { type SeverityDefinition, severityDefinitionsSchema } from './severity-definitions.ts'

let read: SeverityDefinition[] | null = null

/** @throws ZodError naming what is wrong with the file. */
export function readSeverities(): SeverityDefinition[] {
  read ??= severityDefinitionsSchema.parse(parse(readFileSync(join(CONTENT_FOLDER, 'severities.yaml'), 'utf8')))
  return read
}
