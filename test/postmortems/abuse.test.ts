import { beforeAll, describe, expect, it } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { BadInput } from '#app/platform/bad-input.ts'
import { cleanText, cleanValue, isClean } from '#app/platform/clean-text.ts'
import { AppError } from '#app/platform/errors.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import { renderingTime, renderLine, renderMarkdown } from '#app/platform/markdown.server.ts'
import { postmortemBody } from '#app/postmortems/api.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { decideSuggestion } from '#app/postmortems/decide-suggestion.server.ts'
import { exportRecords } from '#app/postmortems/export-postmortems.server.ts'
import { libraryQuery } from '#app/postmortems/library-query.ts'
import { postmortemHistory } from '#app/postmortems/postmortem-history.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { readPostmortem } from '#app/postmortems/read-postmortem.server.ts'
import type { PostmortemRecord } from '#app/postmortems/record.ts'
import { createPostmortem } from '#app/postmortems/resources.server.ts'
import { loader as feed } from '#app/postmortems/routes/feed.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { understandFile } from '#app/postmortems/understand-file.ts'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { all, clock, dataFile, log, NO_DATA, prepared, recordOf, text } from './house.ts'

const actor = terminalActor()

const json = (path: string): unknown => JSON.parse(dataFile(path).toString())
const NASTY: string[] = NO_DATA
  ? []
  : [
      ...new Set([
        ...(json('abuse/blns.json') as string[]),
        ...Object.values(json('abuse/synthetic-hostile-strings.json') as Record<string, unknown[]>).flatMap(group =>
          group.map(one => (typeof one === 'string' ? one : JSON.stringify(one))),
        ),
      ]),
    ]
const XSS: string[] = NO_DATA
  ? []
  : dataFile('abuse/xss-payload-list.txt')
      .toString()
      .split('\n')
      .filter((_, n) => n % 13 === 0)
      .slice(0, 500)
const MARKDOWN = NO_DATA
  ? []
  : (json('abuse/synthetic-markdown-xss-and-dos.json') as { name: string; markdown: string }[])

const TAGS = new Set(
  (
    'a blockquote br code del div em h2 h3 h4 h5 h6 hr input li ol p pre section span strong sup table tbody td th ' +
    'thead tr ul'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'align aria-describedby aria-label checked class data-footnote-backref data-footnote-ref data-footnotes disabled ' +
    'href id rel start tabindex title type'
  ).split(' '),
)
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*) ?\/?>/y

/** What is wrong with HTML that our renderer made. Anything that is neither a known tag nor text is. */
function faultsIn(html: string, prefix: string): string[] {
  const faults: string[] = []
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    TAG.lastIndex = at
    const tag = TAG.exec(html)
    if (!tag) return [...faults, `not a tag: ${html.slice(at, at + 60)}`]
    at = TAG.lastIndex
    const [, , name = '', attributes = ''] = tag
    if (!TAGS.has(name)) faults.push(`tag ${name}`)
    for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
      if (!ATTRIBUTES.has(key)) faults.push(`attribute ${key}`)
      if (key === 'href' && !isHarmless(value)) faults.push(`address ${value}`)
      if (key === 'id' && !(prefix && (value.startsWith('user-') || value.startsWith(prefix))))
        faults.push(`id ${value}`)
    }
    if (name === 'input' && !/ type="checkbox"/.test(attributes)) faults.push('an input that is no checkbox')
  }
  return faults
}

function isHarmless(href: string): boolean {
  const address = href
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/[\u0000-\u0020\u007f-\u00a0]/g, '')
  const scheme = /^([^/?#]*?):/.exec(address)?.[1]?.toLowerCase()
  return scheme === undefined || ['http', 'https', 'mailto', 'irc', 'ircs', 'xmpp'].includes(scheme)
}

/** What keeps a text from being XML: open tags, bare ampersands, characters that XML does not have. */
function faultsInXml(xml: string): string[] {
  const open: string[] = []
  const rest = xml.replace(/^<\?xml [^?]*\?>/, '')
  for (const [whole, close, name, single] of rest.matchAll(
    /<(\/?)([a-z]+)(?: [a-z]+="[^"<]*")*(\/?)>|<|&(?!(?:amp|lt|gt|quot|#\d+);)/g,
  )) {
    if (!name) return [`not XML: ${whole}`]
    if (close && open.pop() !== name) return [`closes ${name}`]
    if (!close && !single) open.push(name)
  }
  if (/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/.test(xml)) return ['characters']
  return open.map(name => `never closes ${name}`)
}

describe('the measure itself', () => {
  it('finds what it looks for', () => {
    for (const html of [
      '<script>alert(1)</script>',
      '<p onclick="x()">a</p>',
      '<p style="x">a</p>',
      '<a href="javascript:alert(1)">a</a>',
      '<a href="java&#x9;script:alert(1)">a</a>',
      '<a href="data:text/html,x">a</a>',
      '<p id="cookie">a</p>',
      '<input type="submit">',
      '<p>a <b',
    ])
      expect(faultsIn(html, 'body-'), html).not.toEqual([])
    for (const xml of ['<a>', '<a></b>', '<a>&x</a>', '<a b="<"/>', '<a>\uffff</a>'])
      expect(faultsInXml(xml), xml).not.toEqual([])
    expect(faultsInXml('<a b="1"><c/>&amp;</a>')).toEqual([])
    expect(faultsIn('<p id="body-a">1 &#x3C; 2 <a href="/x:y">b</a></p>', 'body-')).toEqual([])
  })
})

describe.skipIf(NO_DATA)('hostile Markdown', () => {
  it.each(MARKDOWN.map(({ name, markdown }) => [name, markdown]))('is harmless: %s', (_name, markdown) => {
    const start = performance.now()
    const { html } = renderMarkdown(markdown, 'body-')
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(faultsIn(html, 'body-')).toEqual([])
    expect(faultsIn(renderLine(markdown.slice(0, 2_000)), '')).toEqual([])
  })

  it('is harmless wherever it stands', () => {
    for (const payload of [...NASTY, ...XSS]) {
      const line = payload.replace(/[\r\n]+/g, ' ')
      const places = [
        payload,
        `# ${line}\n\n${line}\n===`,
        `[x](${line}) ![y](${line}) [${line}](z) <${line}> [r][ref]\n\n[ref]: ${line} "${line}"`,
        `| ${line} | b |\n|---|---|\n| ${line} | \`${line}\` |`,
        `\`\`\`${line}\n${line}\n\`\`\``,
        `- [ ] ${line}\n\n> ${line}\n\nx[^${line.replace(/[\s\]]/g, '')}]\n\n[^${line.replace(/[\s\]]/g, '')}]: ${line}`,
      ].join('\n\n')
      expect({ payload, faults: faultsIn(renderMarkdown(places, 'body-').html, 'body-') }).toEqual({
        payload,
        faults: [],
      })
    }
  }, 120_000)
})

describe('Markdown that would take for ever', () => {
  const MANY: Record<string, string> = {
    stars: 'a*'.repeat(20_000),
    links: '[a]('.repeat(20_000),
    'wide table with short rows': `${'|x'.repeat(300)}|\n${'|-'.repeat(300)}|\n${'|\n'.repeat(20_000)}`,
    'nested quotes and lists': '> - '.repeat(10_000),
    'nested lists': '1. '.repeat(10_000),
    headings: '# a\n'.repeat(50_000),
    'quotes in turn': '>a\n>> b\n'.repeat(40_000),
    code: `\`\`\`js\n${'a('.repeat(100_000)}\n\`\`\``,
    comments: `${'<!--'.repeat(90_000)}-->${'end '.repeat(500)}`,
    tags: '<a b="'.repeat(60_000),
    addresses: 'a.'.repeat(100_000),
    footnotes: Array.from({ length: 20_000 }, (_, n) => `[^${n}]: x`).join('\n'),
  }
  it.each(Object.entries(MANY))('is shown as it was written: %s', (_name, markdown) => {
    const start = performance.now()
    const { html } = renderMarkdown(markdown, 'body-')
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(html.length).toBeGreaterThan(1_000)
    expect(faultsIn(html, 'body-')).toEqual([])
  })

  it('does not take a page longer, however many such texts it has', () => {
    const time = renderingTime(500)
    const start = performance.now()
    for (let n = 0; n < 200; n++) renderLine(`${n} ${'a*'.repeat(9_000)}`, time)
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(renderLine('*some* more', time)).toBe('<pre>*some* more</pre>')
    expect(renderLine('*some* less')).toBe('<em>some</em> less')
  })
})

describe('rendering', () => {
  it('loses no words to what looks like HTML', () => {
    const line = (markdown: string) => renderLine(markdown)
    expect(line('pod <pod-name> of Map<String, T> was at < 5 %')).toBe(
      'pod &#x3C;pod-name> of Map&#x3C;String, T> was at &#x3C; 5 %',
    )
    expect(line('one<br>two <b>bold</b> <!-- not shown -->end')).toBe('one<br>\ntwo bold end')
    expect(renderMarkdown('<details>\n<summary>Logs</summary>\n\ntext\n\n</details>').html).toBe(
      '<p>\nLogs</p>\n<p>text</p>',
    )
    expect(line('<img width="3" alt="load" src="https://example.org/a.png">')).toBe(
      '<a href="https://example.org/a.png" rel="noopener noreferrer nofollow" class="picture">Picture: load</a>',
    )
  })

  it('links footnotes and headings to where they are', () => {
    const { html, headings } = renderMarkdown('[to](#root-causes)\n\nx[^1]\n\n## Root cause(s)\n\n[^1]: note', 'body-')
    expect(headings).toEqual([{ id: 'body-root-cause-s', text: 'Root cause(s)', depth: 2 }])
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(match => match[1])
    expect(targets).toHaveLength(3)
    for (const target of targets) expect(ids).toContain(target)
    expect(html).toContain('aria-describedby="user-body-footnote-label"')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('gives equal headings ids of their own', () => {
    const { headings } = renderMarkdown('# A\n\n# A\n\n# A 2\n\n# A\n\n# A 2', 'p-')
    expect(new Set(headings.map(heading => heading.id)).size).toBe(5)
    expect(headings[0]?.id).toBe('p-a')
  })

  it('leaves plain words as they are', () => {
    expect(renderLine('Retries switched off by flag. ')).toBe('Retries switched off by flag.')
    expect(renderLine('All 120 connections, 2/3 of them idle')).toBe('All 120 connections, 2/3 of them idle')
    expect(renderLine('A & B')).toBe('A &#x26; B')
  })
})

describe.skipIf(NO_DATA)('hostile files', () => {
  it('are understood or refused, whatever they are called', () => {
    for (const name of [...NASTY, ...XSS])
      for (const body of [
        '```\nno words\n```',
        `# ${name}\n\n${name}`,
        `title,body\n"${name.replaceAll('"', '""')}",x\n`,
      ]) {
        const { records, errors } = understandFile(name, text(body))
        expect(records.length + errors.length).toBeGreaterThan(0)
        for (const { record } of records)
          expect(isClean(Object.values(record.sections).join('') + record.title)).toBe(true)
      }
  })

  it('are understood or refused, whatever stands in their front matter', () => {
    for (const value of [...NASTY, ...XSS])
      for (const front of [
        `title: ${value}\ndate: ${value}\ntags: [${value}]\n${value}: x`,
        `title: "${value}"\nthemes:\n  - ${value}\nstarted_at: ${value}\nseverity: ${value}`,
      ])
        for (const mark of ['---', '+++'])
          try {
            const { record } = understandMarkdown(`${mark}\n${front}\n${mark}\n\nText.`, 'a.md')
            expect(isClean(JSON.stringify(record).replaceAll('\\n', ''))).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(BadInput)
          }
  })
})

onBothDatabases('hostile texts', database => {
  let db: Db
  beforeAll(async () => {
    db = await prepared(database)
  })
  const nasty = [...NASTY, ...XSS]
  const everywhere = (whole: string, n: number): PostmortemRecord => {
    const value = whole.slice(0, 20_000)
    const name = value.slice(0, 190)
    return recordOf({
      title: `${n} ${value}`.slice(0, 300),
      externalId: `${n} ${name}`,
      sourceUrl: `https://example.org/${n}?${name}`,
      services: [`service ${n % 7}`, name],
      themes: ['capacity', name],
      authors: [value.slice(0, 300)],
      highlights: [{ value: value.slice(0, 40), label: value.slice(0, 120) }],
      sections: { summary: value, body: `${value}\n\n# ${value}` },
      timeline: [{ at: null, atText: value.slice(0, 200), marker: null, text: value }],
      factors: [{ text: value, themes: [name], whys: [{ text: value, whys: [] }] }],
      actions: [
        {
          title: value,
          kind: null,
          owner: value.slice(0, 300),
          createdOn: null,
          dueOn: null,
          state: 'open',
          closedOn: null,
          reason: value,
          externalId: name,
        },
      ],
    })
  }
  /** Names become other rooms' slugs; everything else is to be there to the letter. */
  const withoutNames = ({ services: _, themes: __, factors, ...rest }: PostmortemRecord) => ({
    ...rest,
    factors: factors.map(({ themes: ___, ...factor }) => factor),
  })

  it.skipIf(NO_DATA)(
    'are stored to the letter, but for what cannot be stored, which is said',
    { timeout: 120_000 },
    async () => {
      const records = nasty.map(everywhere)
      const lines = records.map(record => JSON.stringify({ candor: 1, record })).join('\n')
      const report = await importAnything({ db, clock, actor }, 'postmortems', [
        { name: 'n.jsonl', bytes: text(lines) },
      ])
      expect(report.errors).toEqual([])
      expect(report).toMatchObject({ created: records.length, rejected: 0 })
      const stored = new Map((await all(exportRecords(db))).map(({ record }) => [record.externalId, record]))
      for (const record of records) {
        const clean = cleanValue(record).value as PostmortemRecord
        const found = stored.get(clean.externalId) as PostmortemRecord
        expect(withoutNames(found)).toEqual(withoutNames(clean))
        for (const theme of found.themes) expect(theme).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      }
      const unclean = nasty.filter(value => cleanText(value).notes.length > 0)
      expect(unclean.length).toBeGreaterThan(0)
      expect(report.notes.filter(note => / taken out$/.test(note)).length).toBeGreaterThanOrEqual(unclean.length)
    },
  )

  it.skipIf(NO_DATA)(
    'are shown without harm: pages and histories of every fiftieth',
    { timeout: 120_000 },
    async () => {
      const library = await all(exportRecords(db))
      expect(library.length).toBe(nasty.length)
      for (const { slug } of library.filter((_, n) => n % 50 === 0)) {
        const page = await presentPostmortem({ db, actor }, slug)
        expect(faultsIn(page.summaryHtml ?? '', 'summary-')).toEqual([])
        expect(faultsIn(page.bodyHtml ?? '', 'body-')).toEqual([])
        for (const { html } of [...page.timeline, ...page.factors, ...page.actions])
          expect(faultsIn(html, '')).toEqual([])
        expect(page.sourceUrl).toMatch(/^https:/)
        await postmortemHistory({ db, actor }, slug, { from: 1, to: 1 })
      }
    },
  )

  it.skipIf(NO_DATA)(
    'find what can be found when they are searched for, and never fail',
    { timeout: 180_000 },
    async () => {
      for (const value of [...NASTY, ...XSS.slice(0, 100)]) {
        const parameters = { q: value, theme: '', severity: '', service: '', from: '', to: '' }
        const plain = await searchLibrary(db, libraryQuery(new URL(`http://x/?${new URLSearchParams(parameters)}`)), 5)
        expect(plain.hits.length).toBe(Math.min(5, plain.total))
        for (const { snippet } of plain.hits) expect(snippet.replace(/<\/?mark>/g, '')).not.toMatch(/[<>]/)
      }
      for (const value of NASTY) {
        const parameters = {
          q: 'service',
          theme: value,
          severity: value,
          service: value,
          from: value,
          to: value,
          page: value,
        }
        const narrowed = await searchLibrary(
          db,
          libraryQuery(new URL(`http://x/?${new URLSearchParams(parameters)}`)),
          5,
        )
        expect(narrowed.hits.length).toBeLessThanOrEqual(5)
      }
    },
  )

  it.skipIf(NO_DATA)('make no feed that cannot be read', { timeout: 60_000 }, async () => {
    const site = { db, clock, log, mailer: {} as Mailer, origin: null, dataDir: '', setUpCode: null, isDemo: false }
    for (const q of ['', '<script>]]>&"', ...NASTY.slice(0, 60)]) {
      const request = new Request(`http://x/library.atom?${new URLSearchParams({ q })}`)
      const answer = await feed({ request, params: {}, context: { site, actor, address: '', nonce: '' } })
      const atom = await (answer as Response).text()
      expect({ q, faults: faultsInXml(atom) }).toEqual({ q, faults: [] })
      if (q === '') expect(atom.match(/<entry>/g)).toHaveLength(30)
    }
  })

  it.skipIf(NO_DATA)(
    'are not found as addresses and names, and change nothing there',
    { timeout: 60_000 },
    async () => {
      const { slug } = (await all(exportRecords(db)))[0] as { slug: string }
      for (const value of NASTY) {
        for (const work of [
          () => readPostmortem({ db, actor }, value),
          () => decideSuggestion({ db, clock, actor }, { slug, theme: value, apply: true }),
        ])
          try {
            await work()
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
            expect((error as AppError).status).toBe(404)
          }
      }
      const hostile = NASTY.filter(value => value.trim()).slice(0, 40)
      for (const value of [...hostile, 'a\0b', 'c\ud800d'])
        await changeVisibility({ db, clock, actor }, slug, { change: 'restrict', reason: value })
      expect((await readPostmortem({ db, actor }, slug)).restrictedReason).toBe('cd')
      await changeVisibility({ db, clock, actor }, slug, { change: 'open', reason: '' })
    },
  )

  it.skipIf(NO_DATA)('come through the API to the letter, or not at all', { timeout: 120_000 }, async () => {
    const schema = postmortemBody
    for (const value of NASTY.filter((_, n) => n % 3 === 0)) {
      const body = { title: value, sections: { body: value }, authors: [value], actions: [] }
      const parsed = schema.safeParse(body)
      if (!parsed.success) {
        expect(value === '' || value.length > 300 || !isClean(value.replaceAll('\r', ''))).toBe(true)
        continue
      }
      const slug = await createPostmortem({ db, clock, actor }, { ...parsed.data, title: parsed.data.title as string })
      const { record } = await readPostmortem({ db, actor }, slug)
      const kept = value.replace(/\r\n?/g, '\n')
      expect([record.title, record.sections.body, record.authors]).toEqual([kept, kept, [kept]])
    }
  })

  it('are refused when they are nested beyond anything, not stumbled over', async () => {
    const deep = (depth: number) => `${'{"text":"x","whys":['.repeat(depth)}${']}'.repeat(depth)}`
    const lines = [
      `{"title":"deep columns","factors":[${deep(20_000)}]}`,
      `{"candor":1,"record":${JSON.stringify(recordOf({ title: 'deep record' })).replace('"factors":[]', `"factors":[{"text":"f","themes":[],"whys":[${deep(20_000)}]}]`)}}`,
      `{"title":"deep field","other":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      '{"title":"proto","__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ]
    for (const line of lines) {
      const files = [{ name: 'deep.jsonl', bytes: text(line) }]
      const report = await importAnything({ db, clock, actor }, 'postmortems', files)
      expect(report.created + report.rejected).toBe(1)
    }
    const front = `---\nfactors:\n${Array.from({ length: 300 }, (_, n) => `${'  '.repeat(n)}- text: a\n${'  '.repeat(n)}  whys:`).join('\n')}\n---\n\nText`
    const report = await importAnything({ db, clock, actor }, 'postmortems', [{ name: 'a.md', bytes: text(front) }])
    expect(report.created + report.rejected).toBe(1)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('of great length are kept or refused with the limit, and addresses too long for an index refused alike', async () => {
    const unique = (n: number) =>
      Array.from({ length: n }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('')
    const records = [
      { title: 'word', body: 'x'.repeat(100_000) },
      { title: 'ideographs', body: unique(50_000) },
      { title: 'long address', url: `https://example.org/${'a'.repeat(1_970)}` },
      { title: 'many bytes', url: `https://example.org/${unique(1_900)}` },
      { title: 'too long a title '.repeat(30) },
      { title: 'body', body: 'x '.repeat(600_000) },
    ]
    const report = await importAnything({ db, clock, actor }, 'postmortems', [
      { name: 'long.jsonl', bytes: text(records.map(one => JSON.stringify(one)).join('\n')) },
    ])
    expect(report.created).toBe(3)
    expect(report.errors.map(error => [error.line, error.column])).toEqual([
      [4, 'source_url'],
      [5, 'title'],
      [6, 'sections.body'],
    ])
  })
})
