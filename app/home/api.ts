/** The operations that belong to no single room. */
import { z } from 'zod'
import type { Operation } from '#app/http/operation.ts'

export const importOperation = {
  id: 'import',
  method: 'post',
  path: '/import/{kind}',
  summary:
    'Import postmortems, incidents, action-items, the history of a status page (editors), people, roles, deployments or traffic (administrators); the same again changes nothing',
  permission: 'read',
  query: z.object({
    dryRun: z.enum(['0', '1']).optional().describe('1 reports what would happen and changes nothing'),
    name: z.string().max(300).optional().describe('The file’s name, where the content does not tell its kind'),
  }),
  rawBody: ['text/csv', 'application/x-ndjson', 'text/markdown', 'application/zip', 'application/json'],
  response: z.object({
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    rejected: z.number().int(),
    errors: z.array(
      z.object({ line: z.number().int().nullable(), column: z.string().nullable(), message: z.string() }),
    ),
    notes: z.array(z.string()),
  }),
} as const satisfies Operation

export const openApiOperation = {
  id: 'openApi',
  method: 'get',
  path: '/openapi.json',
  summary: 'This document',
  permission: 'read',
  response: z.object({}).loose(),
} as const satisfies Operation
