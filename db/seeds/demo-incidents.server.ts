/** The demo's incidents beside those with a postmortem: roles, handoffs, updates, near misses, and one that goes on. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { answerHandoff } from '#app/incidents/answer-handoff.server.ts'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { endRole } from '#app/incidents/end-role.server.ts'
import { HANDOFF_PARTS, type TypedParts } from '#app/incidents/handoff.ts'
import { importRoles } from '#app/incidents/import-roles.server.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { listIncidents } from '#app/incidents/incidents.server.ts'
import { offerHandoff } from '#app/incidents/offer-handoff.server.ts'
import { postUpdate, takeInUpdates } from '#app/incidents/post-update.server.ts'
import { reportNearMiss } from '#app/incidents/report-near-miss.server.ts'
import { saveIncidents } from '#app/incidents/save-incidents.server.ts'
import { COMMANDER, DETECTORS, INCIDENT_ROLES, type IncidentRole, SEVERITIES } from '#app/incidents/vocabulary.ts'
import type { Clock } from '#app/platform/clock.ts'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const minutes = z.number().min(0)
const yesOrNo = z.union([z.boolean(), z.enum(['yes', 'no']).transform(word => word === 'yes')])
const texts = {
  state: z.string().nullable(),
  hypotheses: z.string().nullable(),
  rollbacks: z.string().nullable(),
  nextSteps: z.string().nullable(),
  risks: z.string().nullable(),
}
const role = z.enum(INCIDENT_ROLES)
const severity = z.enum(SEVERITIES)
const schema = z.strictObject({
  incidents: z.array(
    z.strictObject({
      key: z.string(),
      title: z.string(),
      day: z.number().negative(),
      start: z.string().regex(/^\d\d:\d\d$/),
      noticed: minutes,
      acknowledged: minutes.optional(),
      mitigated: minutes,
      resolved: minutes,
      severity,
      services: z.array(z.string()),
      by: z.enum(DETECTORS),
      impact: yesOrNo,
    }),
  ),
  handoffs: z.array(z.strictObject({ key: z.string(), role, after: minutes, accepted: minutes, ...texts })),
  updates: z.record(z.string(), z.array(z.strictObject({ after: minutes, text: z.string() }))),
  severityChanges: z.array(z.strictObject({ key: z.string(), after: minutes, from: severity, reason: z.string() })),
  open: z.strictObject({
    key: z.string(),
    title: z.string(),
    summary: z.string(),
    severity,
    from: severity,
    reason: z.string(),
    changed: minutes,
    services: z.array(z.string()),
    started: minutes,
    noticed: minutes,
    acknowledged: minutes,
    impact: z.string(),
    updates: z.array(z.strictObject({ before: minutes, text: z.string() })),
    roles: z.array(z.strictObject({ role, before: minutes })),
    handoff: z.strictObject({ role, before: minutes, to: z.string(), ...texts }),
  }),
  nearMisses: z.array(
    z.strictObject({
      day: z.number().negative(),
      service: z.string(),
      named: z.string().optional(),
      title: z.string(),
      how: z.string(),
      stopped: z.string(),
    }),
  ),
})
type Seed = z.infer<typeof schema>

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Somebody who can hold a role. */
export interface Engineer {
  email: string
  team: string
  /** Days relative to today. */
  started: number
  left?: number
  leave?: { from: number; to: number }
}

/** Adds to the incidents that the postmortems brought. */
export async function seedIncidents(
  context: Context,
  engineers: readonly Engineer[],
  teamOfService: ReadonlyMap<string, string>,
): Promise<void> {
  const file = join(PROJECT_FOLDER, 'db', 'seeds', 'incidents.yaml')
  const seed = schema.parse(parse(readFileSync(file, 'utf8')))
  await recordIncidents(context, seed)
  await fillRoles(context, seed, new Rota(engineers, teamOfService, context.clock.now()))
  for (const handoff of seed.handoffs) await handOver(context, handoff)
  await tellUpdates(context, seed.updates)
  await changeSeverities(context, seed)
  await continueOpenIncident(context, seed)
  for (const one of seed.nearMisses) await reportIt(context, one)
}

async function recordIncidents(context: Context, seed: Seed): Promise<void> {
  const today = Math.floor(context.clock.now() / DAY_MS) * DAY_MS
  const iso = (moment: number) => new Date(moment).toISOString()
  await inTransaction(context.db, async tx => {
    await saveIncidents(
      tx,
      context,
      seed.incidents.map(one => {
        const start = Date.parse(`${iso(today + one.day * DAY_MS).slice(0, 10)}T${one.start}:00.000Z`)
        const after = (count: number | undefined) => (count === undefined ? null : iso(start + count * MINUTE_MS))
        return {
          key: one.key,
          title: one.title,
          severity: seed.severityChanges.find(change => change.key === one.key)?.from ?? one.severity,
          startedAt: iso(start),
          detectedAt: after(one.noticed),
          acknowledgedAt: after(one.acknowledged),
          mitigatedAt: after(one.mitigated),
          resolvedAt: after(one.resolved),
          detectedBy: one.by,
          customerImpact: one.impact,
          services: one.services,
        }
      }),
    )
    const { open } = seed
    const ago = (count: number) => iso(context.clock.now() - count * MINUTE_MS)
    await saveIncidents(tx, context, [
      {
        key: open.key,
        title: open.title,
        summary: open.summary,
        severity: open.from,
        startedAt: ago(open.started),
        detectedAt: ago(open.noticed),
        acknowledgedAt: ago(open.acknowledged),
        detectedBy: 'employee',
        customerImpact: true,
        impactNote: open.impact,
        services: open.services,
      },
    ])
  })
}

/** Whose turn it is: people of the team that owns the service take turns, those who were there at the time. */
class Rota {
  private readonly turns = new Map<string, number>()

  constructor(
    private readonly engineers: readonly Engineer[],
    private readonly teamOfService: ReadonlyMap<string, string>,
    private readonly now: number,
  ) {}

  /** Addresses, one for each role, nobody twice. */
  take(service: string, at: number, count: number): string[] {
    const team = this.teamOfService.get(service) ?? ''
    const day = Math.floor((at - this.now) / DAY_MS)
    const isThere = (one: Engineer) =>
      one.started < day - 90 &&
      (one.left ?? Infinity) > day + 7 &&
      !(one.leave && one.leave.from <= day && day <= one.leave.to)
    const own = this.engineers.filter(one => one.team === team && isThere(one))
    const others = this.engineers.filter(one => one.team !== team && isThere(one))
    const turn = this.turns.get(team) ?? 0
    this.turns.set(team, turn + 1)
    const rotated = (list: Engineer[], by: number) => list.map((_, index) => list[(index + by) % list.length]!)
    // A few lead more often than the rest, as everywhere.
    const picked = [...rotated(own, turn % 3 === 2 ? 0 : turn), ...rotated(others, turn * 5)]
    return picked.slice(0, count).map(one => one.email)
  }
}

async function fillRoles(context: Context, seed: Seed, rota: Rota): Promise<void> {
  const { items } = await listIncidents(context.db, {}, { offset: 0, limit: 1_000 })
  const rows: { incident: string; role: string; email: string; started_at: string; ended_at: string }[] = []
  const passedOn = new Set(seed.handoffs.map(handoff => `${handoff.key} ${handoff.role}`))
  for (const facts of [...items].reverse()) {
    const began = facts.acknowledgedAt ?? facts.detectedAt ?? facts.startedAt
    const service = facts.services[0]?.name
    if (!began || !service) continue
    const isOpen = facts.key === seed.open.key
    const isSerious = facts.severity === 'SEV-1' || facts.severity === 'SEV-2' || isOpen
    const roles: IncidentRole[] = isSerious ? [...INCIDENT_ROLES] : [COMMANDER, 'responder']
    const start = Date.parse(began)
    const emails = rota.take(service, start, roles.length)
    roles.forEach((held, index) => {
      const email = emails[index]
      if (!email) return
      const open = seed.open.roles.find(one => one.role === held)
      const from = isOpen
        ? context.clock.now() - (open?.before ?? 0) * MINUTE_MS
        : start + (index === 0 ? 1 : 3 + index * 2) * MINUTE_MS
      const until = isOpen || passedOn.has(`${facts.key} ${held}`) ? '' : (facts.resolvedAt ?? '')
      // Those of short incidents take a role only while it lasts.
      if (until !== '' && Date.parse(until) <= from) return
      rows.push({ incident: facts.key, role: held, email, started_at: new Date(from).toISOString(), ended_at: until })
    })
  }
  await importRoles(
    context,
    rows.map((cells, index) => ({ line: index + 2, cells })),
  )
}

function partsOf(told: Record<(typeof HANDOFF_PARTS)[number], string | null>): TypedParts {
  return Object.fromEntries(
    HANDOFF_PARTS.map(part => [part, { text: told[part] ?? '', isNothing: told[part] === null }]),
  ) as TypedParts
}

/** The same person as one who would be signed in. */
async function actorNamed(context: Context, email: string): Promise<Actor> {
  const person = (await peopleByEmails(context.db, [email])).get(email)
  if (!person) throw new Error(`${email} is nobody in the demo organisation`)
  return { ...context.actor, personId: person.id, name: person.name, email, role: 'member' }
}

function actorWithId(context: Context, id: string, name: string): Actor {
  return { ...context.actor, personId: id, name, role: 'member' }
}

async function handOver(context: Context, told: Seed['handoffs'][number]): Promise<void> {
  const record = await incidentRecord(context.db, told.key)
  const turn = record?.roles.find(one => one.role === told.role && one.until === null)
  const began = record?.facts.startedAt
  if (!record || !turn || !began) return
  const offered = Date.parse(began) + told.after * MINUTE_MS
  const taken = new Set(record.roles.map(one => one.person.id))
  const next = await nextHolder(context, taken, told.after)
  const at = (moment: number) => ({ now: () => moment })
  const giver = actorWithId(context, turn.person.id, turn.person.name)
  const id = await offerHandoff(
    { db: context.db, clock: at(offered), actor: giver },
    { key: told.key, assignmentId: turn.id, receiverId: next.personId, parts: partsOf(told) },
  )
  await answerHandoff(
    { db: context.db, clock: at(offered + told.accepted * MINUTE_MS), actor: next },
    { key: told.key, id, answer: 'accepted' },
  )
  // Who took over held it to the end.
  const held = (await incidentRecord(context.db, told.key))?.roles.find(
    one => one.role === told.role && one.person.id === next.personId && one.until === null,
  )
  if (held && record.facts.resolvedAt)
    await endRole(
      { db: context.db, clock: context.clock, actor: next },
      { key: told.key, assignmentId: held.id, at: record.facts.resolvedAt },
    )
}

/** Leads of teams, who are not among those that hold a role already. */
const NEXT = ['priya.raman', 'camille.rousset', 'ewa.nowicka', 'jasper.devries', 'rohan.mehta', 'mai.tran']

async function nextHolder(context: Context, taken: ReadonlySet<string>, shift: number): Promise<Actor> {
  for (let i = 0; i < NEXT.length; i++) {
    const actor = await actorNamed(context, `${NEXT[(i + shift) % NEXT.length]}@demo.candor.test`)
    if (!taken.has(actor.personId)) return actor
  }
  throw new Error('Nobody is left to take over')
}

async function tellUpdates(context: Context, updates: Seed['updates']): Promise<void> {
  await inTransaction(context.db, async tx => {
    for (const [key, told] of Object.entries(updates)) {
      const record = (await incidentRecord(tx, key))!
      const lead = record.roles.find(turn => turn.role === 'communications lead')
      await takeInUpdates(
        tx,
        context,
        record.facts.id,
        told.map(({ after, text }) => ({
          at: new Date(Date.parse(record.facts.startedAt!) + after * MINUTE_MS).toISOString(),
          text,
          authorName: lead?.person.name ?? 'Support',
          personId: lead?.person.id ?? null,
        })),
      )
    }
  })
}

/** The one who led says that it is more or less severe than it seemed. */
async function changeSeverities(context: Context, seed: Seed): Promise<void> {
  for (const { key, after, reason } of seed.severityChanges) {
    const record = (await incidentRecord(context.db, key))!
    const leader = record.roles.find(turn => turn.role === COMMANDER)!
    await changeIncident(
      {
        db: context.db,
        clock: { now: () => Date.parse(record.facts.startedAt!) + after * MINUTE_MS },
        actor: actorWithId(context, leader.person.id, leader.person.name),
      },
      { key, change: { severity: seed.incidents.find(one => one.key === key)?.severity, severityReason: reason } },
    )
  }
}

/** It was raised a while ago, people were told twice, and one role waits for somebody to accept it. */
async function continueOpenIncident(context: Context, { open }: Seed): Promise<void> {
  const ago = (count: number): Clock => ({ now: () => context.clock.now() - count * MINUTE_MS })
  const { roles } = (await incidentRecord(context.db, open.key))!
  const holding = (held: IncidentRole): Actor => {
    const turn = roles.find(one => one.role === held)!
    return actorWithId(context, turn.person.id, turn.person.name)
  }
  await changeIncident(
    { db: context.db, clock: ago(open.changed), actor: holding(COMMANDER) },
    { key: open.key, change: { severity: open.severity, severityReason: open.reason } },
  )
  for (const { before, text } of open.updates)
    await postUpdate(
      { db: context.db, clock: ago(before), actor: holding('communications lead') },
      { key: open.key, text },
    )
  const { handoff } = open
  await offerHandoff(
    { db: context.db, clock: ago(handoff.before), actor: holding(handoff.role) },
    {
      key: open.key,
      assignmentId: roles.find(one => one.role === handoff.role)!.id,
      receiverId: (await actorNamed(context, handoff.to)).personId,
      parts: partsOf(handoff),
    },
  )
}

async function reportIt(context: Context, told: Seed['nearMisses'][number]): Promise<void> {
  await reportNearMiss(
    {
      db: context.db,
      clock: { now: () => context.clock.now() + told.day * DAY_MS },
      actor: told.named ? await actorNamed(context, told.named) : context.actor,
    },
    {
      title: told.title,
      whatHappened: told.how,
      whatStoppedIt: told.stopped,
      service: told.service,
      isNamed: told.named !== undefined,
    },
  )
}
