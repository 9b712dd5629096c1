/**
 * Made-up postmortems by the thousand: about 3 kB each, the same for the same number and seed. Words are drawn by
 * Zipf's law from the prose of content/library and db/seeds, one in 25 from made-up identifiers instead, so that a
 * search index meets what it meets in life: a few words everywhere, most words hardly anywhere.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'

export interface MadeUp {
  externalId: string
  title: string
  severity: string
  publishedAt: string
  startedAt: string
  detectedAt: string
  resolvedAt: string
  services: string[]
  themes: string[]
  summary: string
  impact: string
  /** Sections of the body: a heading and its paragraphs. */
  sections: { heading: string; text: string }[]
  lessons: string
  detection: string
  timeline: { at: string; text: string }[]
  factors: { text: string; why: string }[]
  actions: { title: string; kind: string; dueOn: string; isDone: boolean }[]
}

const IDENTIFIERS = 20_000
const SHARE_OF_IDENTIFIERS = 0.04
const DAY_MS = 86_400_000

const HEADINGS = ['What happened', 'How it was found', 'Repair', 'Why it took so long', 'Where the load came from']
const KINDS = ['prevent', 'detect', 'mitigate', 'process']
const SERVICES =
  'checkout cart payments orders-db storefront-web mobile-bff notifications search-api search-indexer warehouse inventory api-gateway edge-cdn feature-flags deploy-pipeline kube-main internal-dns partner-api seller-portal feed-importer auth identity-db event-stream reporting'.split(
    ' ',
  )

/** The first `count` postmortems of an endless series. */
export function* madeUp(count: number, seed = 1): Generator<MadeUp> {
  const random = randomNumbers(seed)
  const draw = wordSource(random)
  const themes = (parse(readFileSync(join(PROJECT_FOLDER, 'content/themes.yaml'), 'utf8')) as { slug: string }[]).map(
    theme => theme.slug,
  )
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const few = <T>(list: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: between(1, most) }, () => pick(list))),
  ]
  const several = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: between(least, most) }, make)
  const words = (least: number, most: number): string => {
    const drawn = several(least, most, () => draw())
    return drawn[0]!.charAt(0).toUpperCase() + drawn.join(' ').slice(1)
  }
  const text = (least: number, most: number): string => several(least, most, () => `${words(8, 20)}.`).join(' ')

  for (let number = 1; number <= count; number++) {
    const started = Date.UTC(2016, 0, 1) + Math.floor(random() * 3600 * DAY_MS)
    const after = (minutes: number): string => new Date(started + minutes * 60_000).toISOString()
    yield {
      externalId: `bench/${String(number).padStart(6, '0')}`,
      title: words(5, 10),
      severity: `SEV-${between(1, 4)}`,
      publishedAt: after(2 * 1440 + between(0, 5000)),
      startedAt: after(0),
      detectedAt: after(between(1, 30)),
      resolvedAt: after(between(40, 600)),
      services: few(SERVICES, 3),
      themes: few(themes, 3),
      summary: text(2, 4),
      impact: text(1, 3),
      sections: several(2, 3, () => ({ heading: pick(HEADINGS), text: text(3, 6) })),
      lessons: text(1, 3),
      detection: random() < 0.4 ? text(1, 2) : '',
      timeline: several(4, 7, () => 0)
        .map(() => between(0, 600))
        .sort((a, b) => a - b)
        .map(minutes => ({ at: after(minutes), text: `${words(6, 14)}.` })),
      factors: several(2, 4, () => ({ text: `${words(8, 18)}.`, why: `${words(8, 16)}.` })),
      actions: several(2, 4, () => ({
        title: words(6, 12),
        kind: pick(KINDS),
        dueOn: after(1440 * between(7, 60)).slice(0, 10),
        isDone: random() < 0.6,
      })),
    }
  }
}

/** As one line of JSON Lines, in the columns that an import takes. */
export function jsonLineOf(one: MadeUp): string {
  return JSON.stringify({
    external_id: one.externalId,
    title: one.title,
    status: 'published',
    published_at: one.publishedAt,
    severity: one.severity,
    started_at: one.startedAt,
    detected_at: one.detectedAt,
    resolved_at: one.resolvedAt,
    services: one.services,
    themes: one.themes,
    summary: one.summary,
    impact: one.impact,
    body: bodyOf(one),
    lessons: one.lessons,
    detection: one.detection,
    timeline: one.timeline,
    factors: one.factors.map(factor => ({ text: factor.text, whys: [{ text: factor.why }] })),
    actions: one.actions.map(({ title, kind, dueOn, isDone }) => ({
      title,
      kind,
      due_on: dueOn,
      state: isDone ? 'done' : 'open',
    })),
  })
}

/** As the Markdown that a team writes by hand. */
export function markdownOf(one: MadeUp): string {
  return [
    '---',
    `title: ${JSON.stringify(one.title)}`,
    `external_id: ${one.externalId}`,
    'status: published',
    `published_at: ${one.publishedAt}`,
    `severity: ${one.severity}`,
    `started_at: ${one.startedAt}`,
    `detected_at: ${one.detectedAt}`,
    `resolved_at: ${one.resolvedAt}`,
    `services: [${one.services.join(', ')}]`,
    `themes: [${one.themes.join(', ')}]`,
    '---',
    '',
    `# ${one.title}`,
    `\n## Summary\n\n${one.summary}`,
    `\n## Impact\n\n${one.impact}`,
    `\n${bodyOf(one)}`,
    `\n## Timeline\n\n${one.timeline.map(entry => `- ${entry.at}: ${entry.text}`).join('\n')}`,
    `\n## Contributing factors\n\n${one.factors.map(factor => `- ${factor.text}\n  - ${factor.why}`).join('\n')}`,
    `\n## Lessons learned\n\n${one.lessons}`,
    ...(one.detection ? [`\n## Detection\n\n${one.detection}`] : []),
    `\n## Action items\n\n${one.actions.map(action => `- [${action.isDone ? 'x' : ' '}] ${action.title}`).join('\n')}`,
    '',
  ].join('\n')
}

/** All its text in the five columns of a plain table: what the bare baselines store and index. */
export interface PlainRow {
  title: string
  summary: string
  body: string
  factors: string
  actions: string
}

export function plainRowOf(one: MadeUp): PlainRow {
  return {
    title: one.title,
    summary: `${one.summary}\n\n${one.impact}`,
    body: [bodyOf(one), one.lessons, one.detection, ...one.timeline.map(entry => entry.text)].join('\n\n'),
    factors: one.factors.map(factor => `${factor.text}\n${factor.why}`).join('\n'),
    actions: one.actions.map(action => action.title).join('\n'),
  }
}

function bodyOf(one: MadeUp): string {
  return one.sections.map(section => `## ${section.heading}\n\n${section.text}`).join('\n\n')
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Gives the words of a text, one a call. */
function wordSource(random: () => number): () => string {
  const prose = proseByFrequency()
  const drawWord = byZipf(prose, random)
  const drawIdentifier = byZipf(makeIdentifiers(prose.slice(0, 1_500), random), random)
  return () => (random() < SHARE_OF_IDENTIFIERS ? drawIdentifier() : drawWord())
}

/** Draws the one of rank r in proportion to 1 / (r + 2.7): Mandelbrot's form of Zipf's law. */
function byZipf(ranked: readonly string[], random: () => number): () => string {
  const sums = new Float64Array(ranked.length)
  let sum = 0
  for (let rank = 0; rank < ranked.length; rank++) {
    sum += 1 / (rank + 2.7)
    sums[rank] = sum
  }
  return () => {
    const wanted = random() * sum
    let low = 0
    let high = ranked.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return ranked[low]!
  }
}

/** The words of our own prose, the most frequent first. */
export function proseByFrequency(): string[] {
  const counts = new Map<string, number>()
  for (const folder of ['content/library', 'db/seeds/postmortems'].map(path => join(PROJECT_FOLDER, path)))
    for (const name of readdirSync(folder).sort()) {
      const prose = readFileSync(join(folder, name), 'utf8').replace(/^---\n.*?\n---\n/s, '')
      for (const word of prose.toLowerCase().match(/[a-z][a-z'’-]*[a-z]|\ba\b/g) ?? [])
        counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([word]) => word)
}

/** Names as programs write them: exceptions, hosts, settings, versions, addresses, paths. */
function makeIdentifiers(prose: string[], random: () => number): string[] {
  const plain = prose.filter(word => /^[a-z]{4,9}$/.test(word))
  const word = (): string => plain[Math.floor(random() * plain.length)]!
  const capital = (): string => word().replace(/^./, letter => letter.toUpperCase())
  const number = (most: number): number => Math.floor(random() * most)
  const forms = [
    () => `${capital()}${capital()}Exception`,
    () => `${word()}-${word()}-${number(40)}`,
    () => `${word()}_${word()}_${word()}`,
    () => `v${number(9)}.${number(40)}.${number(20)}`,
    () => `0x${number(0xffffffff).toString(16).padStart(8, '0')}`,
    () => `/var/log/${word()}/${word()}.log`,
    () => `${word().slice(0, 3).toUpperCase()}-${number(9_000)}`,
    () => `10.${number(255)}.${number(255)}.${number(255)}`,
  ]
  const made = new Set<string>()
  while (made.size < IDENTIFIERS) made.add(forms[number(forms.length)]!())
  return [...made]
}
