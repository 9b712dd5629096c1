/** The OpenAPI 3.1 document, made from the operations that the handlers themselves obey. */
import { z } from 'zod'
import * as forums from '#app/forums/api.ts'
import * as liveForums from '#app/forums/live-api.ts'
import * as forumSeries from '#app/forums/series-api.ts'
import type { Operation } from '#app/http/operation.ts'
import * as identity from '#app/identity/api.ts'
import * as incidents from '#app/incidents/api.ts'
import * as incidentRecords from '#app/incidents/record-api.ts'
import * as actions from '#app/postmortems/action-api.ts'
import * as postmortems from '#app/postmortems/api.ts'
import * as reports from '#app/reports/api.ts'
import * as surveys from '#app/surveys/survey-api.ts'
import * as themes from '#app/themes/api.ts'
import * as home from './api.ts'

/** Every operation of every room, in the order of the document. */
export const OPERATIONS: Operation[] = [
  postmortems,
  actions,
  themes,
  incidents,
  incidentRecords,
  surveys,
  forums,
  forumSeries,
  liveForums,
  reports,
  identity,
  home,
].flatMap(room =>
  Object.values(room as Record<string, unknown>)
    .filter(isOperation)
    .sort(byPathThenMethod),
)

function byPathThenMethod(a: Operation, b: Operation): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  const order = ['get', 'post', 'patch', 'delete']
  return order.indexOf(a.method) - order.indexOf(b.method)
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value
}

const problem = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status'],
}

export function openApiDocument(origin: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ?? {}
    path[operation.method] = describe(operation)
    paths[operation.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Candor',
      version: '1',
      description:
        'Lists are pages: follow nextCursor until it is null. Times are ISO 8601 UTC. Errors are application/problem+json. ' +
        'What your role may not see answers 404, like what does not exist.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'candor_session' },
      },
      schemas: { Problem: problem },
    },
  }
}

function describe(operation: Operation): Record<string, unknown> {
  const error = {
    description: 'Why not',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  const pathParameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(match => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.path.split('/')[1]],
    ...(operation.isPublic ? { security: [] } : {}),
    parameters: [...pathParameters, ...queryParameters(operation)],
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(operation.body, 'input') } },
          },
        }
      : {}),
    ...(operation.rawBody
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(operation.rawBody.map(type => [type, { schema: { type: 'string' } }])),
          },
        }
      : {}),
    responses: {
      [operation.status ?? 200]: {
        description: 'Done',
        content: {
          [operation.stream ? 'text/event-stream' : 'application/json']: {
            schema: schemaOf(operation.response, 'output'),
          },
        },
      },
      ...Object.fromEntries(['400', '401', '404', '429'].map(status => [status, error])),
      ...(operation.method === 'get' ? {} : { '409': error, '413': error }),
      ...Object.fromEntries((operation.refusals ?? []).map(status => [status, error])),
    },
  }
}

function queryParameters(operation: Operation) {
  return Object.entries(operation.query?.shape ?? {}).map(([name, schema]) => {
    const json = schemaOf(schema as z.ZodType, 'input')
    const { description, ...rest } = json
    return {
      name,
      in: 'query',
      required: isRequired(schema as z.ZodType),
      ...(description ? { description } : {}),
      schema: rest,
    }
  })
}

function isRequired(schema: z.ZodType): boolean {
  return !schema.safeParse(undefined).success
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Record<string, unknown>
  return inlineRefs(json)
}

/** Recursive parts refer to `#/$defs` of their own schema; inside the document they are described once as any object. */
function inlineRefs(json: Record<string, unknown>): Record<string, unknown> {
  if (!('$defs' in json) && !JSON.stringify(json).includes('"$ref"')) return json
  const { $defs: _, ...rest } = json
  return JSON.parse(
    JSON.stringify(rest, (key, value) =>
      value && typeof value === 'object' && '$ref' in value && key !== 'schema' ? { type: 'object' } : value,
    ),
  )
}
