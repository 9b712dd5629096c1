/** Where `content/` lies: beside the nearest package.json above this module, bundled or not. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function projectFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'content'))) return folder
    if (folder === dirname(folder)) throw new Error('Candor cannot find its content/ folder beside package.json')
  }
}

export const PROJECT_FOLDER: string = projectFolder()
export const CONTENT_FOLDER: string = join(PROJECT_FOLDER, 'content')
