/** The OpenAPI document against the standard, and against the route files that answer. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { OPERATIONS, openApiDocument } from '#app/home/openapi.ts'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { PUBLIC_ADDRESSES } from '#app/surveys/casting/wave-handlers.server.ts'
import { collectBallotOperation } from '#app/surveys/survey-api.ts'
import remixConfig from '../../remix.config.js'

const document = openApiDocument('https://candor.example.org')

describe('The OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  test('has no reference that leads nowhere', () => {
    const broken: string[] = []
    visit(document, (key, value) => {
      if (key === '$ref' && typeof value === 'string' && resolve(value) === undefined) broken.push(value)
    })
    expect(broken).toEqual([])
  })

  test('asks for no account where none is needed', () => {
    const open = OPERATIONS.filter(operation => operation.isPublic).map(({ method, path }) => `${method} ${path}`)
    expect(open).toEqual([
      'get /waves',
      'get /waves/{wave}',
      'get /waves/{wave}/bulletin',
      'post /waves/{wave}/responses',
    ])
  })

  test('names each operation once, by a verb', () => {
    const ids = OPERATIONS.map(operation => operation.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, summary, permission } of OPERATIONS) {
      expect(id).toMatch(/^[a-z][A-Za-z]+$/)
      expect(summary.length, id).toBeGreaterThan(3)
      expect(permission, id).toBeTruthy()
    }
  })

  test('describes what a list takes and gives, everywhere alike', () => {
    for (const { id, method, path, query, response } of OPERATIONS) {
      const shape = (response as unknown as { shape: Record<string, unknown> }).shape ?? {}
      // The items of one release are its questions, those of one forum its agenda.
      if (method !== 'get' || !('items' in shape) || id === 'getRelease' || id === 'getForum') continue
      expect(Object.keys(query?.shape ?? {}), `${id} ${path}`).toEqual(expect.arrayContaining(['cursor', 'limit']))
      expect(Object.keys(shape), id).toEqual(expect.arrayContaining(['total', 'nextCursor']))
    }
  })

  test('has every operation of the route files and the plain handlers, at their address, and no other', () => {
    const plain = [...PUBLIC_ADDRESSES.map(({ operation }) => operation), collectBallotOperation]
    const routed = apiRoutes().flatMap(({ path, file }) => {
      const source = readFileSync(join(PROJECT_FOLDER, 'app', file), 'utf8')
      const handled = source.match(/\bhandle\(\s*\w+Operation\b/g) ?? []
      expect(handled.length, `${file} serves operations`).toBeGreaterThan(0)
      return handled.map(() => path.replace(/^api\/v1/, '').replace(/:(\w+)/g, '{$1}'))
    })
    const served = [...routed, ...plain.map(operation => operation.path)]
    expect(served.sort()).toEqual(OPERATIONS.map(operation => operation.path).sort())
  })
})

/** Routes of the configuration that answer below /api/v1; the catch-all is not among them. */
function apiRoutes(): { path: string; file: string }[] {
  const found: { path: string; file: string }[] = []
  const route = (path: string, file: string, ...rest: unknown[]) => {
    if (path.startsWith('api/') && !path.endsWith('*')) found.push({ path, file })
    for (const children of rest) if (typeof children === 'function') children()
  }
  void remixConfig.routes?.((build => {
    build(route as Parameters<typeof build>[0])
    return {}
  }) as Parameters<NonNullable<typeof remixConfig.routes>>[0])
  return found
}

function resolve(reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document)
}

function visit(value: unknown, see: (key: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    see(key, inner)
    visit(inner, see)
  }
}
