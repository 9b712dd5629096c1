/** The questions for each phase, read once from `content/agendas/default.yaml`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { type AgendaPrompts, agendaPromptsSchema } from './agenda-prompts.ts'

let read: AgendaPrompts | null = null

/** @throws ZodError naming what is wrong with the file. */
export function readPrompts(): AgendaPrompts {
  read ??= agendaPromptsSchema.parse(parse(readFileSync(join(CONTENT_FOLDER, 'agendas/default.yaml'), 'utf8')))
  return read
}
