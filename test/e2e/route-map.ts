/** The addresses of remix.config.js, so that tests can hold something against every one of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import remixConfig from '../../remix.config.js'

export interface MappedRoute {
  /** Remix's own name of the route. */
  id: string
  /** From the root, with parameters as `:slug`; the front page is `/`. */
  path: string
  isApi: boolean
  /** Has a component, so it is read as a page. */
  isPage: boolean
  hasAction: boolean
}

type Define = (path: string, file: string, ...rest: unknown[]) => void

/** Every route that answers under an address; layouts and the two catch-alls are not among them. */
export function mappedRoutes(): MappedRoute[] {
  const found: MappedRoute[] = []
  const above: string[] = []
  const define: Define = (path, file, ...rest) => {
    const children = rest.find(one => typeof one === 'function') as (() => void) | undefined
    if (children) {
      above.push(path)
      children()
      above.pop()
    } else if (!path.endsWith('*')) found.push(describe([...above, path].filter(Boolean).join('/'), file))
  }
  void remixConfig.routes?.((build => {
    build(define as Parameters<typeof build>[0])
    return {}
  }) as Parameters<NonNullable<typeof remixConfig.routes>>[0])
  return found
}

function describe(path: string, file: string): MappedRoute {
  const source = readFileSync(join(PROJECT_FOLDER, 'app', file), 'utf8')
  return {
    id: file.replace(/\.tsx?$/, ''),
    path: `/${path}`,
    isApi: path.startsWith('api/'),
    isPage: /^export default /m.test(source),
    hasAction: /^export (const action\b|(async )?function action\b)/m.test(source),
  }
}

/** An address with its parameters filled in. */
export function filled(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${path} needs a value for ${name}`)
    return encodeURIComponent(value)
  })
}
