/** Where the built script of the respondent's page lies, and its hash, as the build wrote them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'

export interface BuiltScript {
  src: string
  /** `sha384-…`, as browsers hold it against what they load. */
  integrity: string
  bytes: number
}

let built: BuiltScript | null = null

/** @throws Error where nothing was built. */
export function respondScript(): BuiltScript {
  built ??= JSON.parse(readFileSync(join(PROJECT_FOLDER, 'build/respond-script.json'), 'utf8')) as BuiltScript
  return built
}
