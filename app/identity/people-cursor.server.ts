import { z } from 'zod'
import { invalidField } from '#app/platform/errors.ts'
import type { PeoplePage } from './list-people.server.ts'

const schema = z.tuple([z.string(), z.string()])

/** The person after whom a page begins, as an opaque text and back: stable while others come and go. */
export const peopleCursor = {
  write(next: PeoplePage['after']): string | null {
    return next ? Buffer.from(JSON.stringify([next.key, next.id])).toString('base64url') : null
  },
  /** @throws AppError invalid for a cursor that is not ours. */
  read(cursor: string | undefined): PeoplePage['after'] {
    if (cursor === undefined) return null
    try {
      const [key, id] = schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
      return { key, id }
    } catch {
      throw invalidField('cursor', 'This is not a cursor that the list gave.')
    }
  },
}
