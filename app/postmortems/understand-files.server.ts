/** Files, and zips of files, into what was understood: one part a file, letting others have their turn in between. */
import { BadInput, type InputIssue } from '#app/platform/bad-input.ts'
import { AppError } from '#app/platform/errors.ts'
import { isZip, unzip, ZIP_LIMITS } from '#app/platform/unzip.server.ts'
import { understandFile } from './understand-file.ts'
import type { Understood } from './understood.ts'

export interface UnderstoodPart {
  source: string
  records: Understood[]
  errors: InputIssue[]
  notes: string[]
}

export async function* understandFiles(
  files: Iterable<{ name: string; bytes: Uint8Array }>,
  options: { now?: number } = {},
): AsyncGenerator<UnderstoodPart> {
  let budget = ZIP_LIMITS.bytes
  for (const file of files) {
    if (isZip(file.bytes)) {
      try {
        const inside = await unzip(file.bytes, budget)
        for (const { bytes } of inside) budget -= bytes.length
        for (const inner of inside) yield await understandOne(inner, options)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        yield { source: file.name, records: [], errors: [{ message: error.message }], notes: [] }
      }
    } else yield await understandOne(file, options)
  }
}

async function understandOne(
  file: { name: string; bytes: Uint8Array },
  options: { now?: number },
): Promise<UnderstoodPart> {
  await new Promise(resolve => setImmediate(resolve))
  const source = file.name.replaceAll('\0', '').slice(0, 300)
  try {
    return { source, ...understandFile(source, file.bytes, undefined, options) }
  } catch (error) {
    if (error instanceof BadInput) return { source, records: [], errors: error.issues, notes: [] }
    throw error
  }
}
