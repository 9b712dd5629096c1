/** Reads an uploaded zip into memory within limits; what could harm is refused before it is unpacked. */
import yauzl from 'yauzl'
import { AppError } from './errors.ts'

export interface UnzippedFile {
  name: string
  bytes: Uint8Array
}

export const ZIP_LIMITS = { files: 5_000, bytes: 100 * 1024 * 1024, ratio: 200 }

const refusal = (message: string) => new AppError('invalid', message, [{ path: 'files', message }])

/** Whether the bytes begin like a zip. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04
}

/**
 * The files of a zip, without folders and the hidden files that systems add. Nothing is written to disk.
 * @param budget bytes that they may have together.
 * @throws AppError invalid for paths that leave the archive, encrypted or damaged archives, and zip bombs.
 */
export function unzip(bytes: Uint8Array, budget: number = ZIP_LIMITS.bytes): Promise<UnzippedFile[]> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    yauzl.fromBuffer(buffer, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(asRefusal(error))
      const files: UnzippedFile[] = []
      let total = 0
      const fail = (cause: Error) => {
        zip.close()
        reject(cause instanceof AppError ? cause : asRefusal(cause))
      }
      zip.on('error', fail)
      zip.on('end', () => resolve(files))
      zip.on('entry', (entry: yauzl.Entry) => {
        if (/\/$/.test(entry.fileName) || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\.)/.test(entry.fileName))
          return zip.readEntry()
        if (entry.generalPurposeBitFlag & 1) return fail(refusal('The zip is encrypted. Please unpack it first.'))
        if (files.length >= ZIP_LIMITS.files)
          return fail(refusal(`The zip has more than ${ZIP_LIMITS.files} files. Please send it in parts.`))
        if (entry.uncompressedSize > 1024 * 1024 && entry.uncompressedSize > entry.compressedSize * ZIP_LIMITS.ratio)
          return fail(tooLarge())
        total += entry.uncompressedSize
        if (total > budget) return fail(tooLarge())
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return fail(problem)
          const chunks: Buffer[] = []
          stream.on('error', fail)
          stream.on('data', chunk => chunks.push(chunk as Buffer))
          stream.on('end', () => {
            files.push({ name: entry.fileName, bytes: new Uint8Array(Buffer.concat(chunks)) })
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  })
}

function tooLarge(): AppError {
  return refusal(`The zip unpacks to more than ${ZIP_LIMITS.bytes / 1024 / 1024} MB. Please send it in parts.`)
}

function asRefusal(cause: Error): AppError {
  if (/invalid relative path|absolute path|invalid characters/.test(cause.message))
    return refusal('The zip has a file whose name leads out of the archive, so nothing was read.')
  return refusal(`The zip cannot be read: ${cause.message}.`)
}
