/** The house rules of ARCHITECTURE.md, read off the imports. Each failure is a sentence. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const ROOMS = [
  'measure',
  'identity',
  'themes',
  'incidents',
  'participation',
  'search',
  'postmortems',
  'surveys',
  'forums',
  'learning',
  'reports',
  'home',
]
const FRAME = ['http', 'platform', 'ui']

interface Source {
  path: string
  text: string
  imports: { target: string; isType: boolean }[]
}

const sources = ['app', 'db', 'scripts', 'test'].flatMap(folder => filesIn(join(root, folder))).map(read)
const app = sources.filter(source => source.path.startsWith('app/'))

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : /\.(ts|tsx|mjs)$/.test(name) ? [path] : []
  })
}

function read(file: string): Source {
  const path = relative(root, file)
  const text = readFileSync(file, 'utf8')
  const imports = [
    ...text.matchAll(
      /^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ].map(match => ({
    target: resolve(path, (match[2] ?? match[3]) as string),
    isType: Boolean(match[1]),
  }))
  return { path, text, imports }
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier))
  return specifier
}

function roomOf(path: string): string | null {
  return path.startsWith('app/') && path.split('/').length > 2 ? (path.split('/')[1] as string) : null
}

function expectNone(broken: string[]): void {
  expect(broken).toEqual([])
}

describe('the import rule', () => {
  it('lets a room use measure, platform, db and the rooms below it, never those above', () => {
    expectNone(
      app.flatMap(source => {
        const room = roomOf(source.path)
        if (!room || !ROOMS.includes(room)) return []
        return source.imports.flatMap(({ target }) => {
          const other = roomOf(target)
          if (!other || !ROOMS.includes(other) || ROOMS.indexOf(other) <= ROOMS.indexOf(room)) return []
          return `${source.path} imports ${target}, but ${other} stands above ${room}: announce an event or offer a slot instead.`
        })
      }),
    )
  })

  it('keeps a room out of the queries of other rooms', () => {
    expectNone(
      app.flatMap(source =>
        source.imports.flatMap(({ target }) => {
          const room = roomOf(source.path)
          if (!/-queries\.server\.ts$/.test(target) || roomOf(target) === room) return []
          return `${source.path} imports ${target}: go through the front door of ${roomOf(target)}.`
        }),
      ),
    )
  })

  it('lets only routes and ui of a room use http and ui', () => {
    expectNone(
      app.flatMap(source => {
        const room = roomOf(source.path)
        if (!room || !ROOMS.includes(room) || /\/(routes|ui)\//.test(source.path)) return []
        return source.imports.flatMap(({ target }) => {
          const other = roomOf(target)
          if (other !== 'http' && other !== 'ui') return []
          if (ALLOWED_FRAME.some(allowed => target.startsWith(allowed))) return []
          return `${source.path} imports ${target}: rules and use-cases know nothing of requests or screens.`
        })
      }),
    )
  })

  it('lets http know identity and platform, ui know platform, platform know db', () => {
    const allowed: Record<string, string[]> = {
      http: ['http', 'identity', 'platform', 'ui'],
      ui: ['ui', 'platform', 'identity'],
      platform: ['platform'],
    }
    expectNone(
      app.flatMap(source => {
        const room = roomOf(source.path)
        if (!room || !FRAME.includes(room)) return []
        return source.imports.flatMap(({ target }) => {
          const other = roomOf(target)
          if (!other || allowed[room]?.includes(other)) return []
          return `${source.path} imports ${target}, but ${room} must not know ${other}.`
        })
      }),
    )
  })

  it('keeps db, seeds apart, free of everything else of ours', () => {
    expectNone(
      sources
        .filter(source => source.path.startsWith('db/') && !source.path.startsWith('db/seeds/'))
        .flatMap(source =>
          source.imports
            .filter(({ target }) => /^(app|scripts|test)\//.test(target))
            .map(({ target }) => `${source.path} imports ${target}: db knows nothing of ours.`),
        ),
    )
  })

  it('lets nothing in app import scripts, tests or seeds', () => {
    expectNone(
      app.flatMap(source =>
        source.imports
          .filter(({ target }) => /^(scripts|test|db\/seeds)\//.test(target))
          .map(({ target }) => `${source.path} imports ${target}: that belongs to the composition root or to tests.`),
      ),
    )
  })

  it('has no cycles', () => {
    const graph = new Map(
      sources.map(source => [
        source.path,
        source.imports.filter(one => !one.isType && /^(app|db|scripts)\//.test(one.target)).map(one => one.target),
      ]),
    )
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (path: string, trail: string[]) => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') {
        cycles.push(`${[...trail.slice(trail.indexOf(path)), path].join(' → ')} is a circle.`)
        return
      }
      state.set(path, 'open')
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
      state.set(path, 'done')
    }
    for (const path of graph.keys()) visit(path, [])
    expectNone(cycles)
  })
})

/** What rooms share with the frame: what an operation is, what a request is given, how an answer is written. */
const ALLOWED_FRAME = [
  'app/http/operation.ts',
  'app/http/site.ts',
  'app/http/read-form.server.ts',
  'app/http/answer.server.ts',
]

describe('tables', () => {
  const tables = new Map<string, string>()
  for (const file of filesIn(join(root, 'db/tables')))
    for (const match of readFileSync(file, 'utf8').matchAll(/^ {2}(\w+): \{/gm))
      tables.set(match[1] as string, relative(join(root, 'db/tables'), file).replace('.ts', ''))

  it('are named only by the queries of their own room', () => {
    expectNone(
      app.flatMap(source =>
        [
          ...source.text.matchAll(
            /\.?(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\(\s*\[?\s*'(\w+)/g,
          ),
        ].flatMap(match => {
          const owner = tables.get(match[1] as string)
          if (!owner) return []
          if (roomOf(source.path) !== owner) return `${source.path} reads the table ${match[1]} of the room ${owner}.`
          return /-queries\.server\.ts$/.test(source.path)
            ? []
            : `${source.path} has queries: they belong into a *-queries.server.ts file.`
        }),
      ),
    )
  })
})

/** Where answers to a survey come in and are counted, the page that sends them, and what shows that they were counted. */
const ANSWERS = /^app\/surveys\/((casting|disclosure|respond)\/|closing\/bulletin)/

describe('names and walls', () => {
  it('lets only identity import lucia', () => {
    expectNone(
      sources.flatMap(source =>
        source.imports.some(one => one.target === 'lucia') && !source.path.startsWith('app/identity/')
          ? `${source.path} imports lucia: only identity may.`
          : [],
      ),
    )
  })

  it('lets nothing that takes answers know who is who', () => {
    const graph = new Map(
      sources.map(source => [source.path, source.imports.filter(one => !one.isType).map(one => one.target)]),
    )
    const seen = new Set<string>()
    const visit = (path: string): void => {
      if (seen.has(path)) return
      seen.add(path)
      for (const next of graph.get(path) ?? []) visit(next)
    }
    const begin = [...graph.keys()].filter(path => ANSWERS.test(path))
    for (const folder of ['casting', 'disclosure', 'respond', 'closing'])
      expect(begin, `app/surveys/${folder} is not there any more`).toContainEqual(
        expect.stringContaining(`app/surveys/${folder}/`),
      )
    for (const path of begin) visit(path)
    expectNone(
      [...seen]
        .filter(path => path.startsWith('app/identity/'))
        .map(path => `What takes answers reaches ${path}: it must know nothing of accounts and people.`),
    )
  })

  it('imports nothing from the empty remix package', () => {
    expectNone(
      sources.flatMap(source =>
        source.imports.some(one => one.target === 'remix') ? `${source.path} imports the stub remix.` : [],
      ),
    )
  })

  it('tests for a dialect nowhere outside db/dialects', () => {
    expectNone(
      sources
        .filter(source => !/^(db\/dialects|test)\//.test(source.path))
        .flatMap(source =>
          /instanceof \w*(Postgres|Sqlite)|dialect\.label ===|kind === '(sqlite|postgres)'/i.test(source.text)
            ? `${source.path} asks which database it talks to.`
            : [],
        ),
    )
  })

  it('ends the names of files that touch the database, files, environment, lucia or esbuild in .server', () => {
    const server =
      /^(node:(fs|child_process|net|stream|crypto)|better-sqlite3|pg|lucia|esbuild|mdx-bundler|nodemailer|yauzl|yazl|pino|@node-rs\/argon2)/
    expectNone(
      app
        .filter(source => !/\.server\.tsx?$/.test(source.path) && !/\/routes\//.test(source.path))
        .flatMap(source =>
          source.imports
            .filter(one => !one.isType && server.test(one.target))
            .map(one => `${source.path} imports ${one.target}: name it *.server.ts.`),
        ),
    )
  })

  it('uses kebab-case and says what a file is for', () => {
    expectNone(
      sources.flatMap(({ path }) => {
        const name = path.split('/').at(-1) as string
        if (!/^[a-z0-9]+([.-][a-z0-9]+)*\.(ts|tsx|mjs|d\.ts)$/.test(name)) return `${path} is not kebab-case.`
        // A service is a word of the product in the incidents room.
        return /(^|\/)(utils?|helpers?|misc|common|manager|(?<!app\/incidents\/.*)service)(\.|\/)/.test(path)
          ? `${path} has a name that says nothing.`
          : []
      }),
    )
  })

  it('has a README of a few lines in every room', () => {
    expectNone(
      [...ROOMS, ...FRAME].flatMap(room => {
        const folder = join(root, 'app', room)
        try {
          if (readdirSync(folder).length === 0) return []
        } catch {
          return []
        }
        try {
          const lines = readFileSync(join(folder, 'README.md'), 'utf8').trim().split('\n').length
          return lines >= 2 && lines <= 14
            ? []
            : `app/${room}/README.md has ${lines} lines; three are meant, ten with folders.`
        } catch {
          return `app/${room} has no README.md.`
        }
      }),
    )
  })

  it('names no machine, no registry host and no unpinned dependency', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expectNone(loose.map(([name, version]) => `${name} is not pinned: ${version}.`))
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "(?!file:)/)
  })

  it('gives every direct dependency its line in ARCHITECTURE.md', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      name => !text.includes(`\`${name}\``),
    )
    expectNone(names.map(name => `${name} has no line in ARCHITECTURE.md.`))
  })
})
