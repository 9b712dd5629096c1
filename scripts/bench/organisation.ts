/** A made-up organisation as the CSV files that Candor imports, the same for the same sizes. */
import { randomNumbers } from './corpus.ts'

export interface Sizes {
  people: number
  incidents: number
  actions: number
  /** That the incidents are spread over; three unless told. They end with 2026-09. */
  years?: number
}

const END = Date.UTC(2026, 9, 1)
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

const SERVICES = Array.from({ length: 60 }, (_, index) => `service-${index}`)
const KINDS = ['prevent', 'detect', 'mitigate', 'process']
const DETECTORS = ['monitoring', 'monitoring', 'monitoring', 'employee', 'customer']

/** By kind, in an order in which everything that a file names is there already. */
export function madeUpOrganisation({ people, incidents, actions, years = 3 }: Sizes): [kind: string, csv: string][] {
  const firstDay = Date.UTC(2026 - years, 9, 1)
  const days = (END - firstDay) / DAY
  const random = randomNumbers(7)
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
  const email = (index: number) => `person${index}@bench.test`

  const persons = Array.from({ length: people }, (_, index) =>
    [
      `Person ${index}`,
      email(index),
      `Team ${index % 40}`,
      `20${15 + (index % 9)}-03-01`,
      index % 10 ? 'yes' : 'no',
    ].join(),
  )
  const cases: string[] = []
  const roles: string[] = []
  for (let index = 0; index < incidents; index++) {
    const started = firstDay + Math.floor((index / incidents) * days * DAY) + below(600) * MINUTE
    const [detected, mitigated] = [started + below(60) * MINUTE, started + (60 + below(120)) * MINUTE]
    const resolved = mitigated + below(300) * MINUTE
    const moments = [started, detected, detected + 5 * MINUTE, mitigated, resolved].map(iso).join()
    const family = index % 5 ? '' : `family-${index % 97}`
    const severity = `SEV-${1 + Math.min(3, below(8))}`
    const detector = pick(DETECTORS)
    const services = [...new Set([pick(SERVICES), pick(SERVICES)])].join(';')
    cases.push(`INC-${index},Bench incident ${index},${severity},${moments},${services},,${detector},yes,${family}`)
    const [first, second] = [email(below(people)), email(below(people))]
    const middle = iso(detected + 30 * MINUTE)
    roles.push(`INC-${index},incident commander,${first},${iso(detected)},${middle}`)
    roles.push(`INC-${index},incident commander,${second},${middle},${iso(resolved)}`)
  }
  const items = Array.from({ length: actions }, (_, index) => {
    const created = firstDay + Math.floor((index / actions) * days) * DAY
    const isDone = random() < 0.7
    const closed = isDone ? day(created + below(60) * DAY) : ''
    const rest = [email(below(people)), day(created), day(created + 30 * DAY), isDone ? 'done' : 'open', closed].join()
    return `INC-${Math.floor((index / actions) * incidents)},Bench action ${index},${pick(KINDS)},${rest}`
  })
  const deployments = Array.from({ length: days }, (_, index) => `${iso(firstDay + index * DAY)},${pick(SERVICES)},9`)
  return [
    ['people', file('name,email,team,start_date,is_engineer', persons)],
    [
      'incidents',
      file(
        'key,title,severity,started_at,detected_at,acknowledged_at,mitigated_at,resolved_at,services,incident_commander,detected_by,customer_impact,family',
        cases,
      ),
    ],
    ['roles', file('incident,role,email,started_at,ended_at', roles)],
    ['action-items', file('incident,title,kind,owner_email,created_on,due_on,state,closed_on', items)],
    ['deployments', file('deployed_at,service,count', deployments)],
  ]
}

function file(head: string, rows: readonly string[]): string {
  return `${head}\n${rows.join('\n')}\n`
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
