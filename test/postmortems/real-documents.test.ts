import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordSchema } from '#app/postmortems/record.ts'
import { understandFile } from '#app/postmortems/understand-file.ts'
import type { Understood } from '#app/postmortems/understood.ts'

const DATA = '../shared/data'
const NOW = Date.parse('2026-06-01T00:00:00Z')

function understand(path: string): Understood {
  const file = understandFile(path, readFileSync(join(DATA, path)), undefined, { now: NOW })
  expect(file.errors).toEqual([])
  expect(file.records).toHaveLength(1)
  return file.records[0]!
}

/** What was counted and read in the documents by a person. */
interface Expected {
  title: string
  publishedAt?: string | null
  externalId?: string
  authors?: string[]
  /** Entries of the timeline, and how many of them have a certain moment. */
  timeline?: [number, number]
  first?: string
  factors?: number
  /** Action items, and how many of them are done. */
  actions?: [number, number]
  sections?: string[]
  notes?: string[]
}

const DOCUMENTS: Record<string, Expected> = {
  '2i2c/2020-10-28-memory-overload.md': {
    title: '2020-08-28 - Memory overload on WER cluster',
    publishedAt: '2020-10-28T00:00:00.000Z',
    timeline: [6, 0],
    first: '08:52 PM IST',
    actions: [5, 0],
    sections: ['summary'],
    notes: ['published_at 2020-10-28 guessed from the file name'],
  },
  '2i2c/2023-02-01-daskhub-induced-evictions.md': {
    title: '2023-02-01 Heavy use of dask-gateway induced critical pod evictions',
    timeline: [1, 0],
    first: '2023-02-01 UTC+1',
    actions: [5, 0],
    sections: ['body'],
  },
  '2i2c/2025-07-11-cloudbank-healthcheck.md': {
    title: 'Incident report July 11 2025 - CloudBank health check fail plus GroupExporter pod restarts',
    timeline: [15, 0],
    first: 'July 11, 2025, 12:42 PM BST',
    actions: [2, 0],
    sections: ['summary', 'wentWell', 'body'],
  },
  '2i2c/2025-08-12-leap-outage.md': {
    title: 'Incident report August 12 2025 - LEAP hub outage',
    timeline: [12, 0],
    first: '5:00 PM BST',
    actions: [5, 2],
    notes: ['A second section "Follow-up timeline (times in BST)" stays in the text'],
  },
  'chia/2021-05-26-website-outage.md': {
    title: 'Website Outage 5-26-21',
    publishedAt: '2021-05-26T00:00:00.000Z',
    timeline: [11, 0],
    first: '04:49 PM UTC',
    sections: ['summary', 'prevention', 'body'],
    notes: ['"Root Cause" stays in the text: not every line of it is a list of factors'],
  },
  'chia/2022-08-19-CATbleed.md': { title: 'CATbleed', timeline: [16, 0], first: 'June 14th, 2022, 10:00 AM PST' },
  'chia/2024-06-25-blockchain_mainnet-stall.md': {
    title: 'Blockchain mainnet stall.',
    timeline: [5, 0],
    first: '01-10-2024 7:32 PM PST',
  },
  'chia/2025-02-25-block_production_impact_due_FastForward_mempool_issues.md': {
    title: 'Block creation impacted due to mempool issues.',
    timeline: [8, 0],
    first: '02-13-2025 11:00 pm PST',
  },
  'dfds/PM2019-009 - Kubernetes network infrastructure IP starvation.md': {
    title: 'Kubernetes network infrastructure IP starvation',
    publishedAt: null,
    externalId: 'PM2019-009',
    timeline: [14, 13],
    first: '2019-11-29T11:00:00.000Z',
    factors: 7,
    actions: [4, 0],
    sections: ['summary', 'lessons'],
  },
  'dfds/PM2021-011 - Log4Shell.md': {
    title: 'Log4Shell investigations',
    timeline: [26, 23],
    first: '2021-12-10 UTC',
    actions: [6, 0],
    sections: ['summary', 'lessons', 'body'],
  },
  'dfds/PM2022-002 -  Logs not shipped to CloudWatch.md': {
    title: 'Logs not shipped to CloudWatch',
    externalId: 'PM2022-002',
    timeline: [7, 7],
    first: '2022-01-31T12:00:00.000Z',
    factors: 3,
    actions: [1, 0],
  },
  'dfds/PM2022-009 - Bad AWS EKS AMI causing Kubernetes issues': {
    title: 'Bad AWS EKS AMI',
    externalId: 'PM2022-009',
    timeline: [20, 20],
    factors: 8,
    actions: [10, 0],
  },
  'dfds/PM2023-001 - Total node failure.md': {
    title: 'Total node failure',
    timeline: [16, 16],
    factors: 4,
    actions: [6, 1],
  },
  'dfds/PM2024-001 - Two Kubernetes nodes went into NotReady state.md': {
    title: 'Two Kubernetes nodes went into NotReady state',
    timeline: [28, 25],
    first: '2024-03-13 HH:mm UTC',
    factors: 2,
    actions: [7, 0],
  },
  'dfds/PM2025-002 - Traefik rule preventing some inbound traffic.md': {
    title: 'Traefik Rule Preventing Some Inbound Traffic',
    timeline: [12, 12],
    factors: 10,
    actions: [6, 0],
  },
  'hachyderm/2022-12-13-root-filesystem-full.md': {
    title: 'Global Outage: 504 Timeouts',
    publishedAt: '2022-12-13T00:00:00.000Z',
    authors: ['Kris Nóva ([@krisnova](https://hachyderm.io/@nova))'],
    timeline: [16, 0],
    first: '18:53 UTC',
    sections: ['summary', 'wentWell', 'body'],
  },
  'hachyderm/2023-02-27-tls-media.md': {
    title: 'TLS Expires: media.hachyderm.io',
    timeline: [0, 0],
    actions: [4, 0],
    sections: ['summary', 'impact', 'wentWell', 'lucky', 'lessons', 'body'],
    notes: ['"Timeline" stays in the text: not every line of it is an entry with its time'],
  },
  'hachyderm/2023-07-16-security-redis-cache-exposed.md': {
    title: 'Security incident: Redis cache exposed to public internet',
    authors: [
      'Esk ([@esk](https://hachyderm.io/@esk))',
      'Sofi ([@soupglasses](https://hachyderm.io/@soupglasses))',
      'the Hachyderm Infra team',
    ],
    timeline: [7, 6],
    first: '2023-07-09T19:16:00.000Z',
  },
  'learningequality/001-buildkite-failing-build.md': {
    title: 'Buildkite kolibri builds failing due to upgraded docker image',
    publishedAt: null,
    timeline: [8, 0],
    factors: 2,
  },
  'learningequality/002-cloudflare-incomplete-migration.md': {
    title:
      'In the morning of Sept. 18th, 2017, A couple of our sites went down for a few hours due to a migration to Cloudflare…',
    publishedAt: null,
    actions: [3, 0],
    sections: ['summary', 'body'],
    notes: ['Title taken from the first sentence'],
  },
  'learningequality/004-sushibar-certificate-expired.md': {
    title: 'Sushibar expired certificate postmortem',
    authors: ['Aron Asor'],
    timeline: [4, 0],
    first: '2018-08-22, 03:26pm',
    factors: 6,
    actions: [3, 0],
    sections: ['summary', 'impact', 'wentWell', 'lucky', 'lessons', 'detection', 'body'],
  },
  'misc/eqlabs-pathfinder-2023-06-17_mainnet_incident.md': {
    title: '2023-06-17 Mainnet Outage Post-mortem',
    publishedAt: '2023-06-17T00:00:00.000Z',
    timeline: [17, 17],
    first: '2023-06-17T18:05:00.000Z',
  },
  'misc/ethereum-holesky-postmortem.md': {
    title: 'Holešky Pectra Incident Post-Mortem',
    publishedAt: '2025-03-20T00:00:00.000Z',
    authors: ['Tim Beiko', 'Mario Havel'],
    timeline: [0, 0],
    sections: ['body'],
  },
  'misc/ethereum-sepolia-postmortem.md': {
    title: 'Sepolia Pectra Incident Post-Mortem',
    publishedAt: '2025-03-12T18:00:00.000Z',
    authors: ['Mario Havel'],
    sections: ['summary', 'body'],
  },
  'posthog/2024-02-28-decide-is-down.md': {
    title: 'On 28th February, PostHog Feature Flags went down for about 3 hours, from 15:30 to 18:10 UTC',
    publishedAt: '2024-02-28T00:00:00.000Z',
    sections: ['body'],
  },
  'posthog/2025-11-15-persons-db-migration.md': {
    title: 'PostHog Data Processing Delays - Events & Persons Ingestion (November 2025)',
    actions: [0, 0],
    sections: ['summary', 'impact', 'wentWell', 'lessons', 'prevention', 'body'],
  },
  'posthog/2026-01-17-replay-sdk-fetch-wrapper-incident.md': {
    title: 'Post-Mortem: Changes to SDK fetch() wrapper breaking client sites',
    timeline: [10, 0],
    first: 'Jan 14, 10:18 AM UTC',
    notes: ['severity left open: "Critical" is not a severity; use SEV-1 to SEV-4'],
  },
  'rust-lang/Update-on-crates.io-incident.md': {
    title: 'Update on the October 15, 2018 incident on crates.io',
    publishedAt: '2018-10-19T00:00:00.000Z',
    authors: ['The Crates.io Team'],
    timeline: [12, 0],
    first: '20:09 UTC',
    sections: ['prevention', 'body'],
    notes: ['published_at 2018-10-19 guessed from the path in its front matter'],
  },
  'rust-lang/crates-io-postmortem.md': {
    title: 'crates.io Postmortem: Broken Crate Downloads',
    timeline: [16, 16],
    first: '2023-07-19T12:32:00.000Z',
    factors: 3,
    actions: [3, 0],
    sections: ['summary', 'impact', 'lessons', 'detection', 'body'],
  },
  'third-party-reviews/2016-04-14-lexelby-Google-Compute-Engine-2016-04-11.md': {
    title: 'Report: Google Compute Engine Incident #16007: Connectivity issues in all regions',
    publishedAt: null,
    sections: ['summary', 'body'],
  },
}

describe.skipIf(!existsSync(`${DATA}/postmortems`))(
  'published postmortems in ../shared/data (skipped where absent)',
  () => {
    it.each(Object.entries(DOCUMENTS))('%s is understood as a person reads it', (path, expected) => {
      const { record, notes } = understand(`postmortems/${path}`)
      expect(record.title).toBe(expected.title)
      if (expected.publishedAt !== undefined) expect(record.publishedAt).toBe(expected.publishedAt)
      if (expected.externalId) expect(record.externalId).toBe(expected.externalId)
      if (expected.authors) expect(record.authors).toEqual(expected.authors)
      if (expected.timeline)
        expect([record.timeline.length, record.timeline.filter(entry => entry.at).length]).toEqual(expected.timeline)
      if (expected.first) expect(record.timeline[0]?.at ?? record.timeline[0]?.atText).toBe(expected.first)
      if (expected.factors) expect(record.factors).toHaveLength(expected.factors)
      if (expected.actions)
        expect([record.actions.length, record.actions.filter(action => action.state === 'done').length]).toEqual(
          expected.actions,
        )
      if (expected.sections)
        expect(
          Object.entries(record.sections)
            .filter(([, text]) => text !== '')
            .map(([kind]) => kind),
        ).toEqual(expected.sections)
      for (const note of expected.notes ?? []) expect(notes).toContain(note)
      for (const moment of [record.startedAt, record.detectedAt, record.resolvedAt]) expect(moment).toBeNull()
    })

    const paths = existsSync(`${DATA}/postmortems`)
      ? readdirSync(`${DATA}/postmortems`, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name))
      : []

    it('are forty', () => expect(paths).toHaveLength(40))

    it.each(paths)('%s loses none of its words', path => {
      const text = readFileSync(path, 'utf8')
      const { record } = understand(path.slice(DATA.length + 1))
      expect(recordSchema.safeParse(record).success).toBe(true)
      const there = countWords(JSON.stringify(Object.values(record)).replace(/\\[nt"\\]/g, ' '))
      const lost: string[] = []
      for (const [word, count] of countWords(proseOf(text))) if ((there.get(word) ?? 0) < count) lost.push(word)
      expect(lost).toEqual([])
    })
  },
)

/** Words of a document apart from headings, headers of tables, remarks on times and what became a moment or a state. */
function proseOf(text: string): string {
  const lines = text.replace(/\r/g, '').split('\n')
  return lines
    .filter(
      (line, i) =>
        !/^\s{0,3}#/.test(line) && !/^[\s|:-]+$/.test(lines[i + 1] ?? '') && !/^All (?:times|events)/i.test(line),
    )
    .filter(line => !/^\w{2,20}(?:_\w+)? ?[:=]|^\[extra\]|^Action Items|^(?:Author|Date):/.test(line))
    .map(line => line.replace(/\(done\)/, '').replace(/\bCET\b|\bUTC\b|\b[AP]M\b/g, ' '))
    .join('\n')
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.match(/\p{L}{3,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

describe.skipIf(!existsSync(`${DATA}/public-incidents`))(
  'the public incidents of ../shared/data (skipped where absent)',
  () => {
    it('are all understood', () => {
      const file = understandFile(
        'incidents.jsonl',
        readFileSync(`${DATA}/public-incidents/incidents.jsonl`),
        undefined,
        { now: NOW },
      )
      expect(file.errors).toEqual([])
      expect(file.records).toHaveLength(432)
      expect(file.notes).toEqual([
        'Fields not imported: source (432), source_file (432), archive_url (104), date_from (52)',
      ])
      for (const { record } of file.records) expect(recordSchema.safeParse(record).success).toBe(true)
      const { records } = file
      expect(records.filter(one => one.duplicateOf !== null)).toHaveLength(189)
      expect(records.filter(one => one.record.externalId !== null)).toHaveLength(242)
      expect(records.filter(one => one.notes.includes('Title taken from the first sentence'))).toHaveLength(236)
      expect(records.filter(one => one.record.startedAt !== null)).toHaveLength(167)
      expect(records.find(one => one.record.title.includes('Vasa'))?.notes.join()).toContain('it is before 1970')
      expect(records[0]).toMatchObject({
        record: {
          title: 'Amazon SimpleDB US East Region Disruption on June 13',
          externalId: '00b7f759-21f8-4767-8803-f09d863005cd',
          sourceUrl: 'https://aws.amazon.com/message/65649/',
          services: ['Amazon', 'SimpleDB'],
        },
        line: 1,
      })
      expect(records[0]!.suggestedThemes.map(({ word }) => word)).toContain('lock service')
    })
  },
)

describe.skipIf(!existsSync(`${DATA}/metrics-case`))(
  'the postmortems of the three organisations (skipped where absent)',
  () => {
    it.each(['metrics-case', 'metrics-case-2', 'metrics-case-3'])('%s are all understood', folder => {
      const bytes = readFileSync(`${DATA}/${folder}/postmortems.csv`)
      const file = understandFile('postmortems.csv', bytes, 'csv', { now: Date.parse('2027-01-01T00:00:00Z') })
      expect(file.errors).toEqual([])
      expect(file.records).toHaveLength(bytes.toString().trim().split('\n').length - 1)
      for (const { record } of file.records) expect(record.incidentKey).toMatch(/^INC-\d+$/)
      for (const { record } of file.records)
        if (record.status === 'published') expect(record.publishedAt).not.toBeNull()
    })
  },
)

describe('the shelf of public incidents', () => {
  const shelf = readdirSync('content/library').filter(name => name.endsWith('.md') && name !== 'README.md')

  it.each(shelf)('%s is understood without anything left over', name => {
    const file = understandFile(name, readFileSync(join('content/library', name)), undefined, { now: NOW })
    expect(file.errors).toEqual([])
    const { record, notes } = file.records[0]!
    expect(record.isPublic).toBe(true)
    expect(record.factors.length).toBeGreaterThan(0)
    expect(record.sections.summary).not.toBe('')
    expect(record.sections.body).not.toContain('## Front matter')
    expect(notes.filter(note => !/^No status given|has no time of day/.test(note))).toEqual([])
  })
})
