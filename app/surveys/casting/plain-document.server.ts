/** Sends a document that is the same for everybody: kept whole and compressed, without a cookie, without a trace. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

export interface PlainDocument {
  plain: Buffer
  compressed: Buffer
  tag: string
}

/** No nonce: one of its own for each visitor would be a mark, and the document could not be kept. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const HEADERS: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'content-security-policy': POLICY,
  vary: 'accept-encoding',
}

export function prepared(html: string): PlainDocument {
  const plain = Buffer.from(html)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { plain, compressed: gzipSync(plain, { level: 9 }), tag: `"${hash}"` }
}

/** @param status 405 for a method that the address does not take. */
export function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  status: 200 | 404 | 405,
  { plain, compressed, tag }: PlainDocument,
): void {
  if (status === 200 && request.headers['if-none-match'] === tag) {
    response.writeHead(304, { ...HEADERS, etag: tag })
    return void response.end()
  }
  const isCompressed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const body = isCompressed ? compressed : plain
  response.writeHead(status, {
    ...HEADERS,
    etag: tag,
    'content-length': body.length,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
