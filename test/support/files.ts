import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

/** The file with the keys of a wave; undefined where there is none. */
export function keyFileOf(dataDir: string, wave: string): string | undefined {
  const folder = join(dataDir, 'wave-keys')
  const name = existsSync(folder) ? readdirSync(folder).find(one => one.startsWith(`${wave}.`)) : undefined
  return name && join(folder, name)
}
