import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'
import type { Permission } from '#app/identity/actor.ts'
import { type PageArgs, pageLoader } from './route.server.ts'

export interface Download {
  body: string | AsyncIterable<string> | Readable
  type: string
  /** The name that a browser saves it under; absent when it is shown in place. */
  name?: string
}

/** A loader that answers with a file instead of a page, for those who have `permission`. */
export function fileLoader(permission: Permission, read: (args: PageArgs) => Promise<Download>) {
  return pageLoader(permission, async args => {
    const { body, type, name } = await read(args)
    const stream =
      typeof body === 'string'
        ? body
        : createReadableStreamFromReadable(body instanceof Readable ? body : Readable.from(body))
    const headers = new Headers({ 'content-type': type, 'cache-control': 'private, no-store' })
    if (name) headers.set('content-disposition', `attachment; filename="${name}"`)
    return new Response(stream, { headers })
  })
}
