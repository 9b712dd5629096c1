/** The operations of the API on action items. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { isStorable } from '#app/identity/fields.ts'
import { actionChangeSchema, newActionSchema } from './action-body.ts'
import { AGE_CHOICES, DUE_CHOICES, STATE_CHOICES } from './action-filter.ts'
import { ACTION_KINDS, ACTION_STATES } from './vocabulary.ts'

const storable = z.string().max(300).refine(isStorable, 'This has a character that cannot be stored.')
const day = z.string().nullable().describe('YYYY-MM-DD')

export const actionItemResource = z.object({
  id: z.string(),
  url: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  kind: z.enum(ACTION_KINDS).nullable(),
  state: z.enum(ACTION_STATES),
  owner: z.string().nullable().describe('The owner’s e-mail where known, else the owner as written'),
  createdOn: day,
  dueOn: day,
  closedOn: day,
  dropReason: z.string().nullable(),
  effortDays: z.number().nullable().describe('What it took, where it was noted'),
  tracker: z.object({ url: z.string(), state: z.string().nullable(), seenOn: day }).nullable(),
  incident: z.string().nullable().describe('The incident’s key'),
  postmortem: z.string().nullable().describe('The postmortem’s slug'),
  updatedAt: z.string(),
})
export type ActionItemResource = z.infer<typeof actionItemResource>

export const listActionItemsOperation = {
  id: 'listActionItems',
  method: 'get',
  path: '/action-items',
  summary: 'Action items that you may see: overdue ones first, your own first among them, then by the day they are due',
  permission: 'read',
  query: pageQuery.extend({
    state: z.enum(STATE_CHOICES).default('unfinished'),
    owner: storable.optional().describe('me, nobody, or the id of a person'),
    team: storable.optional().describe('A team’s slug; the teams below it count too'),
    kind: z.enum(ACTION_KINDS).optional(),
    due: z.enum(DUE_CHOICES).optional(),
    age: z.enum(AGE_CHOICES).optional().describe('At least so many days old'),
    incident: storable.optional().describe('An incident’s key'),
  }),
  response: listOf(actionItemResource),
} as const satisfies Operation

export const createActionItemOperation = {
  id: 'createActionItem',
  method: 'post',
  path: '/action-items',
  summary: 'Write down an action item of an incident, or of a postmortem that you may change',
  permission: 'own action items',
  body: newActionSchema,
  status: 201,
  response: actionItemResource,
} as const satisfies Operation

export const getActionItemOperation = {
  id: 'getActionItem',
  method: 'get',
  path: '/action-items/{id}',
  summary: 'One action item',
  permission: 'read',
  response: actionItemResource,
} as const satisfies Operation

export const changeActionItemOperation = {
  id: 'changeActionItem',
  method: 'patch',
  path: '/action-items/{id}',
  summary: 'Change what you name; postponing asks why, dropping asks why and for whose decision',
  permission: 'own action items',
  body: actionChangeSchema,
  response: actionItemResource,
} as const satisfies Operation
