/** One operation of the API, described once: the handler obeys it and the OpenAPI document is made from it. */
import { z } from 'zod'
import type { Permission } from '#app/identity/actor.ts'

export interface Operation {
  /** Unique, verb first: `listPeople`. */
  id: string
  method: 'get' | 'post' | 'patch' | 'delete'
  /** Below /api/v1, with parameters in braces: `/people/{id}`. */
  path: string
  summary: string
  permission: Permission
  /** Needs no account: the permission is not asked for. */
  isPublic?: boolean
  /** Query parameters; any other is a 400. */
  query?: z.ZodObject
  /** JSON body. Absent on a POST means that the handler reads the raw body. */
  body?: z.ZodType
  /** Content types of a raw body. */
  rawBody?: string[]
  /** The answer's status when all is well; 200 unless told. */
  status?: number
  /** The answer is server-sent events, each with such a response as its data. */
  stream?: true
  response: z.ZodType
  /** Statuses of refusals beyond the usual ones. */
  refusals?: readonly number[]
}

/** Query parameters that every list takes. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional().describe('The nextCursor of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The shape of every list. */
export function listOf(item: z.ZodType) {
  return z.object({ items: z.array(item), total: z.number().int(), nextCursor: z.string().nullable() })
}
