/** The `candor` command line, run as an operator runs it. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { run } from '#test/support/command.ts'
import { signIn, startServer } from '#test/support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const place = (name: string): string => join(folder, name)
const candor = (dataDir: string, args: string[], input?: string) =>
  run('candor.ts', args, { DATA_DIR: dataDir, INIT_CWD: folder }, input)

describe('A new Candor, from the terminal', () => {
  const home = place('new')

  test('is migrated once', async () => {
    const first = await candor(home, ['migrate'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^Applied: \w/)
    expect((await candor(home, ['migrate'])).stdout).toBe('Nothing to do: the database is up to date.\n')
  })

  test('makes no token while nobody could own it, and no account with a weak password', async () => {
    const [token, weak] = await Promise.all([
      candor(home, ['token', 'create', '--name', 'ci', '--role', 'member']),
      candor(home, USER, 'short\n'),
    ])
    expect(token).toMatchObject({ code: 1, stdout: '' })
    expect(token.stderr).toContain('there is none yet')
    expect(weak).toMatchObject({ code: 1, stdout: '' })
    expect(weak.stderr).toMatch(/at least \d+ characters/)
  })

  test('makes an account and a token, of which it prints nothing else; both open the door', async () => {
    const made = await candor(home, USER, 'a lamp that burns all night\n')
    expect(made).toMatchObject({ code: 0, stdout: 'ada@lamp.test can sign in as administrator.\n' })
    const token = await candor(home, ['token', 'create', '--name', 'ci', '--role', 'editor'])
    expect(token).toMatchObject({ code: 0, stderr: '' })
    expect(token.stdout).toMatch(/^\S{20,}\n$/)

    const server = await startServer({ isEmpty: true, env: { databaseUrl: `file:${join(home, 'candor.db')}` } })
    expect(server.running.site.setUpCode, 'set-up is over').toBeNull()
    expect(await signIn(server.url, 'ada@lamp.test', 'a lamp that burns all night')).toMatch(/^candor_session=/)
    const headers = { authorization: `Bearer ${token.stdout.trim()}` }
    expect((await server.ask('/api/v1/themes', { headers })).status).toBe(200)
    expect((await server.ask('/api/v1/people', { headers, json: {} })).status, 'an editor’s token').toBe(404)
  })
})

describe('The library, from the terminal', () => {
  const home = place('library')
  mkdirSync(home)
  copyFileSync(inject('demoDatabase'), join(home, 'candor.db'))
  const texts = place('texts')
  mkdirSync(join(texts, 'below'), { recursive: true })
  writeFileSync(join(texts, 'one.md'), '# Bellwether lamps went out\n\n## Summary\n\nThe oil ran dry.\n')
  writeFileSync(join(texts, 'below', 'two'), 'Bellwether wicks burnt down\n===\n\nNobody had trimmed them.\n')
  writeFileSync(
    join(texts, 'three.csv'),
    'title,status,published_at,body\nBellwether keys lost,published,2026-03-01,In oil.\n',
  )

  test('takes in a folder: first as if, then in earnest, then finds nothing new', async () => {
    const dry = await candor(home, ['import', 'postmortems', 'texts', '--dry-run'])
    expect(dry).toMatchObject({ code: 0, stderr: '' })
    expect(dry.stdout).toMatch(/^Would be: 3 created, 0 updated, 0 unchanged, 0 rejected\n/)
    const done = await candor(home, ['import', 'postmortems', 'texts'])
    expect(done.code).toBe(0)
    expect(done.stdout).toMatch(/^3 created, 0 updated, 0 unchanged, 0 rejected\n/)
    const again = await candor(home, ['import', 'postmortems', 'texts', '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: 0, errors: [] })
  })

  test('says what it could not take in, where, and ends with 1', async () => {
    writeFileSync(place('odd.csv'), 'title,status,published_at\nFine,published,2026-03-01\nOdd,perhaps,2026-03-01\n')
    const [odd, missing] = await Promise.all([
      candor(home, ['import', 'postmortems', 'odd.csv', '--dry-run']),
      candor(home, ['import', 'postmortems', 'not-there.md']),
    ])
    expect(odd.code).toBe(1)
    expect(odd.stderr).toMatch(/line 3, column status: /)
    expect(missing.code).toBe(1)
    expect(missing.stderr).toMatch(/not-there\.md does not exist/)
  })

  let answered = ''
  test('searches as the API does', async () => {
    const server = await startServer({ env: { databaseUrl: `file:${join(home, 'candor.db')}` } })
    const [found, inWords] = await Promise.all([
      candor(home, ['search', 'bellwether', 'oil', '--json']),
      candor(home, ['search', 'bellwether -wicks']),
    ])
    expect(found).toMatchObject({ code: 0, stderr: '' })
    const answer = await (await server.ask('/api/v1/search?q=bellwether+oil&limit=10', { as: 'member' })).text()
    expect(JSON.parse(found.stdout)).toEqual(JSON.parse(answer.replaceAll(`${server.url}/library`, '/library')))
    expect(JSON.parse(found.stdout).total).toBeGreaterThan(1)
    answered = found.stdout
    expect(inWords.stdout).toContain('lamps went out')
    expect(inWords.stdout).toMatch(/\n2 postmortems\n$/)
  })

  test('builds its index again, and finds the same', async () => {
    const done = await candor(home, ['reindex'])
    expect(done.code).toBe(0)
    expect(done.stdout).toMatch(/^\d+ postmortems indexed\.\n$/)
    const after = await candor(home, ['search', 'bellwether', 'oil', '--json'])
    expect(JSON.parse(after.stdout)).toEqual(JSON.parse(answered))
  })

  test('is exported as files that bring the same library into another Candor', async () => {
    const out = await candor(home, ['export', 'out'])
    expect(out).toMatchObject({ code: 0, stderr: '' })
    const files = readdirSync(place('out/postmortems'))
    expect(out.stdout).toBe(`${files.length} postmortems in ${place('out')}\n`)
    expect(readFileSync(place('out/postmortems.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(files.length)
    expect(readFileSync(place('out/postmortems.csv'), 'utf8')).toMatch(/^\S+,/)
    const other = place('other')
    const taken = await candor(other, ['import', 'postmortems', 'out/postmortems', '--json'])
    expect(JSON.parse(taken.stdout)).toMatchObject({ created: files.length, rejected: 0, errors: [] })
    const again = await candor(home, ['import', 'postmortems', 'out/postmortems', '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, unchanged: files.length, rejected: 0 })
  })
})

describe('A backup', () => {
  test('is whole though the server writes meanwhile; it is put back only when the server is away', async () => {
    const server = await startServer()
    const file = place('while-writing.db')
    let isWriting = true
    const written: string[] = []
    const writing = (async () => {
      for (let n = 0; isWriting; n++) {
        const made = await server.ask('/api/v1/postmortems', {
          as: 'editor',
          json: { title: `Written meanwhile ${n}` },
        })
        expect(made.status).toBe(201)
        written.push(((await made.json()) as { slug: string }).slug)
      }
    })()
    const done = await candor(server.dataDir, ['backup', file])
    isWriting = false
    await writing
    expect(done).toMatchObject({ code: 0, stdout: `Backed up to ${file} and checked.\n` })
    expect(written.length).toBeGreaterThan(0)

    const [overwritten, refused] = await Promise.all([
      candor(server.dataDir, ['backup', file]),
      candor(server.dataDir, ['restore', file, '--yes']),
    ])
    expect(overwritten.code, 'a backup is never overwritten').toBe(1)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('Stop it first')
    expect((await server.ask(`/library/${written[0]}`, { as: 'editor' })).status).toBe(200)

    const home = place('restored')
    mkdirSync(home)
    copyFileSync(inject('demoDatabase'), join(home, 'candor.db'))
    const unasked = await candor(home, ['restore', file])
    expect(unasked.code, 'nobody is there to ask').toBe(1)
    expect(unasked.stderr).toContain('--yes')
    const restored = await candor(home, ['restore', file, '--yes'])
    expect(restored.code).toBe(0)
    expect(restored.stdout).toContain(join(home, 'candor.db.before-restore'))
    const after = await startServer({ env: { databaseUrl: `file:${join(home, 'candor.db')}` } })
    expect((await after.ask(`/library/${written[0]}`, { as: 'editor' })).status).toBe(200)
  })

  test('that is damaged or none at all is not put back', async () => {
    const home = place('untouched')
    mkdirSync(home)
    writeFileSync(place('damaged.db'), readFileSync(inject('demoDatabase')).subarray(0, 300_000))
    writeFileSync(place('letter.db'), 'Dear all')
    const answers = await Promise.all(['damaged.db', 'letter.db'].map(name => candor(home, ['restore', name, '--yes'])))
    for (const { code, stderr } of answers) {
      expect(code).toBe(1)
      expect(stderr).toContain('is not a sound backup')
    }
    expect(readdirSync(home)).toEqual([])
  })
})

describe('Usage', () => {
  test('that is wrong ends with 2, says why, and changes nothing', async () => {
    const home = place('nowhere')
    for (const pair of [
      [['bogus'], []],
      [['import'], ['import', 'secrets', 'x']],
      [
        ['token', 'create', '--name', 'x', '--role', 'king'],
        ['search', 'x', '--nonsense'],
      ],
    ]) {
      const answers = await Promise.all(pair.map(args => candor(home, args)))
      for (const { code, stdout, stderr } of answers) {
        expect(code, stderr).toBe(2)
        expect(stdout).toBe('')
        expect(stderr).toMatch(/^(error: .+\n\(add --help|Usage: candor)/)
      }
    }
    expect(() => readdirSync(home)).toThrow('ENOENT')
  })

  test('is explained by --help for every verb', async () => {
    const all = await candor(folder, ['--help'])
    expect(all).toMatchObject({ code: 0, stderr: '' })
    expect(all.stdout).toContain('Exit status: 0 done, 1 refused by the data, 2 wrong usage.')
    const verbs = [...all.stdout.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(match => match[1] as string)
    for (const verb of ['migrate', 'import', 'export', 'search', 'reindex', 'user', 'token', 'backup', 'restore'])
      expect(verbs).toContain(verb)
    const helps = [
      ['import', '--help'],
      ['user', 'create', '--help'],
    ]
    for (const { code, stdout, stderr } of await Promise.all(helps.map(args => candor(folder, args)))) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/^Usage: candor \w+.*\n\n\w/)
    }
  })
})

const USER = [
  'user',
  'create',
  '--email',
  'ada@lamp.test',
  '--name',
  'Ada Lamp',
  '--role',
  'administrator',
  '--password-stdin',
]
