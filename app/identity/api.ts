/** The operations of the API on people and teams. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { ROLES } from './actor.ts'
import { email, isStorable, timeZone } from './fields.ts'
import { personName } from './person.ts'
import { teamName } from './team.ts'

const named = z.object({ slug: z.string(), name: z.string() })
const day = z.string().max(20).nullable().describe('YYYY-MM-DD; null when it is not known')
const leave = z.object({ startsOn: z.string().max(20), endsOn: day })
const slug = z.string().max(200).refine(isStorable, 'This has a character that no slug has.')

export const personResource = z.object({
  id: z.string(),
  name: z.string(),
  team: named.nullable(),
  role: z.enum(ROLES).nullable().describe('Null without an account'),
  email: z.string().optional().describe('This and all below for administrators only'),
  managerId: z.string().nullable().optional(),
  managerEmail: z.string().nullable().optional().describe('Only of one person, not in lists'),
  isEngineer: z.boolean().optional(),
  startedOn: day.optional(),
  leftOn: day.optional(),
  timeZone: z.string().nullable().optional(),
  account: z.enum(['none', 'invited', 'open', 'closed']).optional(),
  leaves: z.array(leave).optional().describe('Only of one person, not in lists'),
})

export const teamResource = z.object({
  slug: z.string(),
  name: z.string(),
  parent: z.string().nullable().describe('The slug of the team above'),
  people: z.number().int().describe('Who are here now, without those of teams below'),
})

export type PersonResource = z.infer<typeof personResource>
export type TeamResource = z.infer<typeof teamResource>

const personBody = z.strictObject({
  name: personName,
  email,
  team: slug.nullable().optional().describe('The slug of a team; null for none'),
  managerEmail: email.nullable().optional(),
  isEngineer: z.boolean().optional(),
  startedOn: day.optional(),
  leftOn: day.optional().describe('YYYY-MM-DD; from this day on every way in is closed'),
  timeZone: timeZone.nullable().optional(),
  leaves: z.array(leave).max(200).optional().describe('All leaves; those left out are forgotten'),
})

const teamBody = z.strictObject({
  name: teamName,
  parent: slug.nullable().optional().describe('The slug of the team above; null for none'),
})

export type PersonBody = z.infer<typeof personBody>

export const listPeopleOperation = {
  id: 'listPeople',
  method: 'get',
  path: '/people',
  summary: 'People, by name. Members see those who are here: name, team and role',
  permission: 'see people',
  query: pageQuery.extend({
    q: z.string().max(200).optional().describe('Part of a name; for administrators also of an e-mail address'),
    team: slug.optional().describe('The slug of a team; people of the teams below count too'),
    state: z.enum(['current', 'left', 'all']).optional().describe('Administrators only; current unless told'),
    isEngineer: z.enum(['true', 'false']).optional().describe('Administrators only'),
  }),
  response: listOf(personResource),
} as const satisfies Operation

export const createPersonOperation = {
  id: 'createPerson',
  method: 'post',
  path: '/people',
  summary: 'Add a person',
  permission: 'administer',
  body: personBody,
  status: 201,
  response: personResource,
} as const satisfies Operation

export const getPersonOperation = {
  id: 'getPerson',
  method: 'get',
  path: '/people/{id}',
  summary: 'One person',
  permission: 'see people',
  response: personResource,
} as const satisfies Operation

export const changePersonOperation = {
  id: 'changePerson',
  method: 'patch',
  path: '/people/{id}',
  summary: 'Change what is given and leave the rest',
  permission: 'administer',
  body: personBody.partial(),
  response: personResource,
} as const satisfies Operation

export const listTeamsOperation = {
  id: 'listTeams',
  method: 'get',
  path: '/teams',
  summary: 'Teams, parents before their children',
  permission: 'see people',
  query: pageQuery,
  response: listOf(teamResource),
} as const satisfies Operation

export const createTeamOperation = {
  id: 'createTeam',
  method: 'post',
  path: '/teams',
  summary: 'Add a team',
  permission: 'administer',
  body: teamBody,
  status: 201,
  response: teamResource,
} as const satisfies Operation

export const getTeamOperation = {
  id: 'getTeam',
  method: 'get',
  path: '/teams/{slug}',
  summary: 'One team',
  permission: 'see people',
  response: teamResource,
} as const satisfies Operation

export const changeTeamOperation = {
  id: 'changeTeam',
  method: 'patch',
  path: '/teams/{slug}',
  summary: 'Rename a team or move it in the tree; its slug stays',
  permission: 'administer',
  body: teamBody.partial(),
  response: teamResource,
} as const satisfies Operation
