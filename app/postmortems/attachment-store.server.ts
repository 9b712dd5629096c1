/** The contents of attachments: files in DATA_DIR/attachments, each named by the SHA-256 of what is in it. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '#app/platform/ids.server.ts'

export interface AttachmentStore {
  /** Keeps these bytes, once however often they come. @returns their SHA-256. */
  keep(bytes: Uint8Array): Promise<string>
  /** @returns null when the file is not there. */
  open(sha256: string): Promise<Readable | null>
  forget(sha256: string): Promise<void>
}

export function attachmentStore(dataDir: string): AttachmentStore {
  const folder = join(dataDir, 'attachments')
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    async keep(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = pathOf(sha256)
      if (await exists(path)) return sha256
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
      const incoming = join(folder, `${newId()}.incoming`)
      await writeFile(incoming, bytes, { mode: 0o600, flush: true })
      await rename(incoming, path)
      return sha256
    },
    async open(sha256) {
      const path = pathOf(sha256)
      return (await isFile(path)) ? createReadStream(path) : null
    },
    async forget(sha256) {
      await rm(pathOf(sha256), { force: true })
    },
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  )
}
