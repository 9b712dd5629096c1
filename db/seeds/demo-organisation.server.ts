/** Seeds the demo organisation through the rooms' own use-cases, relative to the clock's today. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Actor, Role } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import { createToken } from '#app/identity/create-token.server.ts'
import { hashPassword } from '#app/identity/passwords.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { saveService } from '#app/incidents/save-service.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { addShelf } from '#app/postmortems/public-shelf.server.ts'
import type { KeyPlace } from '#app/surveys/wave-keys.server.ts'
import type { Db } from '#db/index.server.ts'
import { seedDiscussion } from './demo-discussion.server.ts'
import { seedFollowThrough } from './demo-follow-through.server.ts'
import { seedForums } from './demo-forums.server.ts'
import { seedIncidents } from './demo-incidents.server.ts'
import { seedParticipation } from './demo-participation.server.ts'
import { seedPostmortem } from './demo-postmortem.server.ts'
import { seedReports } from './demo-reports.server.ts'
import { seedSources } from './demo-sources.server.ts'
import { seedSurveys } from './demo-surveys.server.ts'

export const DEMO_PASSWORD = 'candor-demo'
export const DEMO_TOKEN = 'candor-demo-admin'

const SEEDS = join(PROJECT_FOLDER, 'db', 'seeds')
const DAY_MS = 86_400_000

const organisationSchema = z.object({
  name: z.string(),
  time_zone: z.string(),
  teams: z.array(z.object({ name: z.string(), parent: z.string().optional() })),
  services: z.array(z.object({ name: z.string(), team: z.string() })),
  people: z.array(
    z.object({
      name: z.string(),
      email: z.string(),
      team: z.string().optional(),
      manager: z.string().optional(),
      engineer: z.boolean(),
      started: z.number(),
      left: z.number().optional(),
      leave: z.object({ from: z.number(), to: z.number() }).optional(),
      role: z.enum(['facilitator', 'editor', 'administrator']).optional(),
    }),
  ),
})
type Organisation = z.infer<typeof organisationSchema>

export interface DemoLogin {
  email: string
  role: Role
}

/** The accounts that the demo names at its start. */
export const DEMO_LOGINS: DemoLogin[] = [
  { email: 'admin@demo.candor.test', role: 'administrator' },
  { email: 'facilitator@demo.candor.test', role: 'facilitator' },
  { email: 'editor@demo.candor.test', role: 'editor' },
  { email: 'member@demo.candor.test', role: 'member' },
]

/**
 * Fills an empty, migrated database: people and accounts, services, incidents, postmortems, the public shelf.
 * @param keys where the keys of waves are kept; without it there are no surveys.
 */
export async function seedDemo({ db, clock, keys }: { db: Db; clock: Clock; keys?: KeyPlace }): Promise<void> {
  const organisation = organisationSchema.parse(parse(readFileSync(join(SEEDS, 'organisation.yaml'), 'utf8')))
  const actor: Actor = terminalActor(organisation.time_zone)
  const context = { db, clock, actor }
  await saveSettings(context, {
    organisationName: organisation.name,
    timeZone: organisation.time_zone,
    currency: 'EUR',
  })
  const teams = await seedTeams(context, organisation)
  await seedPeople(context, organisation, teams.slugs)
  for (const service of organisation.services)
    await saveService(context, { slug: null, name: service.name, teamId: teams.ids.get(service.team) ?? null })
  const folder = join(SEEDS, 'postmortems')
  for (const name of readdirSync(folder)
    .filter(file => file.endsWith('.md'))
    .sort())
    await seedPostmortem(context, readFileSync(join(folder, name), 'utf8'), name)
  await seedIncidents(
    context,
    organisation.people.flatMap(person => (person.engineer && person.team ? [{ ...person, team: person.team }] : [])),
    new Map(organisation.services.map(service => [service.name, service.team])),
  )
  await seedFollowThrough(context)
  await seedSources(context)
  await seedDiscussion(context)
  await addShelf(context)
  await seedParticipation(context)
  if (keys) await seedSurveys(context, keys)
  await seedForums(context)
  await seedReports(context)
}

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

async function seedTeams(
  context: Context,
  organisation: Organisation,
): Promise<{ ids: Map<string, string>; slugs: Map<string, string> }> {
  const ids = new Map<string, string>()
  const slugs = new Map<string, string>()
  for (const { name, parent } of organisation.teams) {
    const team = await saveTeam(context, { slug: null, name, parent: parent ? (slugs.get(parent) ?? null) : null })
    slugs.set(name, team.slug)
    ids.set(name, team.id)
  }
  return { ids, slugs }
}

async function seedPeople(context: Context, organisation: Organisation, teamSlugs: Map<string, string>): Promise<void> {
  const today = Math.floor(context.clock.now() / DAY_MS) * DAY_MS
  const day = (offset: number) => new Date(today + offset * DAY_MS).toISOString().slice(0, 10)
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const person of managersFirst(organisation.people)) {
    await savePerson(context, {
      id: null,
      name: person.name,
      email: person.email,
      team: person.team ? (teamSlugs.get(person.team) ?? null) : null,
      managerEmail: person.manager ?? null,
      isEngineer: person.engineer,
      startedOn: day(person.started),
      leftOn: person.left === undefined ? null : day(person.left),
      timeZone: null,
      leaves: person.leave ? [{ startsOn: day(person.leave.from), endsOn: day(person.leave.to) }] : [],
    })
    if (person.left !== undefined) continue
    const accountId = await createReadyAccount(context, {
      name: person.name,
      email: person.email,
      role: person.role ?? 'member',
      passwordHash,
    })
    if (person.role === 'administrator')
      await createToken(
        { ...context, actor: { ...context.actor, accountId } },
        { name: 'Demo', role: 'administrator', expiresAt: null },
        { secret: DEMO_TOKEN },
      )
  }
}

function managersFirst(people: Organisation['people']): Organisation['people'] {
  const byEmail = new Map(people.map(person => [person.email, person]))
  const ordered = new Set<Organisation['people'][number]>()
  const place = (person: Organisation['people'][number]) => {
    if (ordered.has(person)) return
    const manager = person.manager ? byEmail.get(person.manager) : undefined
    if (manager) place(manager)
    ordered.add(person)
  }
  people.forEach(place)
  return [...ordered]
}
