/** Thirty small invented postmortems in which one can look things up. */
import type { SearchDocument } from '#app/search/document.ts'
import { documentOf, type Sketch } from './support.ts'

const SKETCHES: Omit<Sketch, 'subjectId'>[] = [
  {
    title: 'Checkout failed while the connection pool was exhausted',
    key: 'INC-101',
    externalId: 'PD-Q3X7',
    severity: 'SEV-1',
    themes: ['Connection pools', 'Retry storms'],
    services: ['checkout', 'orders-db'],
    teams: ['Payments'],
    occurredAt: '2024-03-05T10:00:00.000Z',
    has: ['timeline', 'actions'],
    family: { slug: 'pools', name: 'Pools' },
    texts: {
      summary: 'The connection pool of orders-db ran dry; `ConnectionPoolTimeoutException` in every checkout.',
      factors: 'Clients retried without backoff.',
      body: 'At v2.14.3 the pool size had been halved. We saw ECONNRESET and 0x80070005 in /var/log/orders-db/error.log.',
    },
  },
  {
    title: 'Connection pool starvation after a slow migration',
    key: 'INC-140',
    severity: 'SEV-2',
    themes: ['Connection pools', 'Migrations'],
    services: ['orders-db'],
    teams: ['Storage'],
    occurredAt: '2025-01-20T08:00:00.000Z',
    has: ['timeline'],
    family: { slug: 'pools', name: 'Pools' },
    texts: { summary: 'A migration held locks; waiting sessions used up the connection pool.' },
  },
  {
    title: 'Retry storm took the search cluster down',
    key: 'INC-102',
    severity: 'SEV-1',
    themes: ['Retry storms'],
    services: ['search-api'],
    teams: ['Discovery'],
    occurredAt: '2024-04-11T20:30:00.000Z',
    texts: { summary: 'Retries tripled the load.', lessons: 'Retry budgets, jitter and backoff.' },
  },
  {
    title: 'Certificate of the partner API expired on a holiday',
    key: 'INC-103',
    severity: 'SEV-2',
    themes: ['Certificate expiry'],
    services: ['partner-gateway'],
    teams: ['Platform'],
    occurredAt: '2024-12-25T06:00:00.000Z',
    has: ['prevention'],
    texts: {
      summary: 'The TLS certificate expired. Renewal mails went to someone who had left.',
      body: 'x509: certificate has expired',
    },
  },
  {
    title: 'Wildcard certificate expiry broke logins',
    key: 'INC-119',
    severity: 'SEV-1',
    themes: ['Certificate expiry'],
    services: ['login'],
    teams: ['Identity'],
    occurredAt: '2023-06-02T09:00:00.000Z',
    texts: { summary: 'Renewed certificates were not reloaded by the proxy.' },
  },
  {
    title: 'DNS change pointed customers to an empty region',
    severity: 'SEV-2',
    themes: ['DNS'],
    services: ['edge'],
    teams: ['Platform'],
    occurredAt: '2023-11-09T14:00:00.000Z',
    texts: {
      summary: 'A record with a TTL of a day could not be taken back.',
      actions: 'Lower the TTL before changes.',
    },
  },
  {
    title: 'Out of memory in the image resizer',
    severity: 'SEV-3',
    themes: ['Memory'],
    services: ['images'],
    teams: ['Media'],
    occurredAt: '2024-02-14T11:00:00.000Z',
    texts: { summary: 'The process was out of memory on huge pictures.', body: 'OOMKilled, exit code 137.' },
  },
  {
    title: 'Memory leak in the session cache',
    severity: 'SEV-3',
    themes: ['Memory', 'Caching'],
    services: ['login'],
    teams: ['Identity'],
    occurredAt: '2024-08-01T11:00:00.000Z',
    texts: { summary: 'Sessions were never evicted. The cache ran out before memory of it did.' },
  },
  {
    title: 'Thundering herd after the cache was emptied',
    severity: 'SEV-2',
    themes: ['Caching', 'Retry storms'],
    services: ['catalogue', 'redis'],
    teams: ['Discovery'],
    occurredAt: '2024-09-17T18:00:00.000Z',
    texts: {
      summary: 'Emptying Redis sent every request to the database: a thundering herd.',
      lessons: 'Warm the cache first.',
    },
  },
  {
    title: 'Redis failover lost an hour of carts',
    severity: 'SEV-1',
    themes: ['Failover'],
    services: ['redis', 'carts'],
    teams: ['Storage'],
    occurredAt: '2025-02-03T03:00:00.000Z',
    texts: { summary: 'The replica that became primary lagged by an hour.' },
  },
  {
    title: 'Feature flag rolled out to everyone at once',
    severity: 'SEV-2',
    themes: ['Configuration'],
    services: ['checkout'],
    teams: ['Payments'],
    occurredAt: '2025-03-03T12:00:00.000Z',
    texts: { summary: 'The flag had no percentage.', actions: 'Staged roll-outs for flags.' },
  },
  {
    title: 'Config typo disabled rate limiting',
    severity: 'SEV-3',
    themes: ['Configuration'],
    services: ['edge'],
    teams: ['Platform'],
    occurredAt: '2022-05-30T12:00:00.000Z',
    texts: { summary: '`max_request_rate` was written `max_requests_rate`, and unknown keys are ignored.' },
  },
  {
    title: '<script>alert(1)</script> in a product name broke the export',
    severity: 'SEV-4',
    themes: ['Input'],
    services: ['catalogue'],
    teams: ['Discovery'],
    occurredAt: '2022-07-07T12:00:00.000Z',
    texts: {
      summary: 'Someone named a product <img src=x onerror=alert(1)> & "friends"; the exporter stopped.',
      body: '| cell | other |\n| --- | --- |\n| [the exporter](https://example.org/x) | **stopped** |',
    },
  },
  {
    title: 'Crème brûlée day: promotion overloaded the café service',
    severity: 'SEV-3',
    themes: ['Capacity'],
    services: ['promotions'],
    teams: ['Media'],
    publishedAt: '2022-10-10T12:00:00.000Z',
    texts: { summary: 'Traffic was nine times the usual.' },
  },
  {
    title: 'An undated note about capacity',
    themes: ['Capacity'],
    texts: { summary: 'Nobody remembers when this was.' },
  },
]

const SUBJECTS = ['billing', 'mail', 'video', 'ledger', 'maps']
const FAILURES = ['disk full', 'clock drift', 'deadlock']

/** Fillers that share their words with each other, so that common words exist. */
const FILLERS = SUBJECTS.flatMap((subject, i) =>
  FAILURES.map((failure, j) => ({
    title: `${subject} stopped: ${failure}`,
    severity: `SEV-${1 + ((i + j) % 4)}`,
    themes: [`Theme ${j}`],
    services: [subject],
    teams: ['Storage'],
    occurredAt: `20${20 + i}-0${j + 1}-15T12:00:00.000Z`,
    texts: { summary: `The ${subject} service stopped with ${failure}. An alert fired and the service was restarted.` },
  })),
)

export const CORPUS: SearchDocument[] = [...SKETCHES, ...FILLERS].map((sketch, index) =>
  documentOf({ subjectId: `s${String(index).padStart(2, '0')}`, ...sketch }),
)
