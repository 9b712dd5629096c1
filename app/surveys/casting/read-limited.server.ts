import type { IncomingMessage } from 'node:http'
import { AppError } from '#app/platform/errors.ts'

/**
 * The bytes of a request's body.
 * @throws AppError too-large beyond `limit`, invalid for a compressed one; Error when the connection ends early.
 */
export async function readLimited(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new AppError('invalid', 'Send the body as it is, without compressing it.')
  const refusal = () => new AppError('too-large', `At most ${limit} bytes are taken here.`)
  if (Number(request.headers['content-length'] ?? 0) > limit) throw refusal()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) reject(refusal())
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('close', () => reject(new Error('The connection closed before the whole body had come.')))
  })
}
