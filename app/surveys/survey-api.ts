/** The operations of the API on waves. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { ITEM_KINDS } from './questionnaires/questionnaire.ts'

const STATES = ['planned', 'collecting', 'answering', 'closing', 'closed', 'published', 'abandoned'] as const
const base64url = z.string().describe('base64url without padding')
const value = z.union([z.number().int(), z.string()])

const charter = z.object({
  wave: z.string(),
  title: z.string(),
  questionnaire: z.object({ id: z.string(), version: z.number().int(), sha256: z.string() }),
  languages: z.array(z.string()),
  collectingFrom: z.string(),
  answeringFrom: z.string(),
  closesAt: z.string(),
  k: z.number().int(),
  grouping: z
    .object({
      label: z.string(),
      groups: z.array(
        z.object({ id: z.string(), label: z.string(), parent: z.string().nullable(), isChoice: z.boolean() }),
      ),
    })
    .nullable(),
  isStrict: z.boolean(),
  isKiosk: z.boolean(),
  stewards: z.array(z.string()).describe('Names of those who may take names out of comments'),
  invited: z.number().int(),
  invitedSha256: z
    .string()
    .describe('SHA-256, in hexadecimal, over the sorted addresses of the invited, each followed by a line feed'),
  hidesInvited: z
    .literal(true)
    .optional()
    .describe('The list is shown to nobody, and a line that nobody knows stands before it'),
  variant: z.string(),
  fingerprint: z.string(),
  origin: z.string().nullable(),
})

export const waveResource = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(STATES),
  collectingFrom: z.string(),
  answeringFrom: z.string(),
  closesAt: z.string(),
  variant: z.string().describe('Of RFC 9474'),
  publicKey: base64url.nullable().describe('SPKI DER in base64url; null until the wave is opened'),
  fingerprint: z.string().nullable().describe('SHA-256 of the public key, in hexadecimal'),
  questionnaire: z
    .object({
      version: z.number().int(),
      title: z.string(),
      introduction: z.string().nullable(),
      sections: z.array(z.object({ title: z.string().nullable(), items: z.array(z.string()) })),
      items: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(ITEM_KINDS),
          text: z.string(),
          options: z.array(z.object({ value, label: z.string() })),
          showIf: z
            .object({ item: z.string(), values: z.array(value) })
            .nullable()
            .describe('Asked only after one of these answers'),
        }),
      ),
      group: z
        .object({ label: z.string(), options: z.array(z.object({ value: z.string(), label: z.string() })) })
        .nullable(),
    })
    .nullable()
    .describe('Null until the wave is opened'),
  charter: charter.nullable(),
  language: z.string(),
  languages: z.array(z.string()),
  invited: z.number().int().nullable(),
  collectedAtLeast: z.number().int().describe('Rounded down to fives, changed once a day'),
})

const language = z.string().max(20).optional().describe('Two letters; another than the wave speaks becomes its first')

export const listWavesOperation = {
  id: 'listWaves',
  method: 'get',
  path: '/waves',
  summary: 'Waves, the last to close first; needs no account',
  permission: 'read',
  isPublic: true,
  query: pageQuery.extend({ language }),
  response: listOf(waveResource),
} as const satisfies Operation

export const getWaveOperation = {
  id: 'getWave',
  method: 'get',
  path: '/waves/{wave}',
  summary: 'A wave: its dates, key, questions and charter; needs no account',
  permission: 'read',
  isPublic: true,
  query: z.object({ language }),
  response: waveResource,
} as const satisfies Operation

export const collectBallotOperation = {
  id: 'collectBallot',
  method: 'post',
  path: '/waves/{wave}/ballots',
  summary:
    'Have the blinded message of a ballot signed, once for each person invited; the same one again is signed alike',
  permission: 'read',
  body: z.strictObject({ blindedMessage: base64url.describe('256 bytes, a number m with 1 < m < n − 1') }),
  response: z.object({ blindSignature: base64url }),
  refusals: [410],
} as const satisfies Operation

export const castResponseOperation = {
  id: 'castResponse',
  method: 'post',
  path: '/waves/{wave}/responses',
  summary:
    'Cast a response by ballot alone: cookies and authorization are not read. 201, or 200 for the same again; 409 for another with the same ballot',
  permission: 'read',
  isPublic: true,
  body: z.strictObject({
    serial: base64url.describe('32 bytes'),
    prefix: base64url.describe('32 bytes, which stood before the serial when it was signed'),
    signature: base64url.describe('256 bytes'),
    nonce: base64url.describe('32 random bytes'),
    answers: z.record(z.string(), z.union([z.number().int(), z.string(), z.array(z.string())])),
    group: z.string().nullable().optional(),
    comments: z.array(z.strictObject({ item: z.string(), text: z.string(), nonce: base64url })).optional(),
  }),
  status: 201,
  response: z.object({ receipt: base64url, commentReceipts: z.array(base64url) }),
  refusals: [403, 410],
} as const satisfies Operation

export const getBulletinOperation = {
  id: 'getBulletin',
  method: 'get',
  path: '/waves/{wave}/bulletin',
  summary: 'What was counted, for everybody to check, from the closing on; needs no account',
  permission: 'read',
  isPublic: true,
  response: z.object({
    wave: z.string(),
    publicKey: base64url,
    charter,
    invited: z.number().int(),
    collected: z.number().int(),
    cast: z.number().int(),
    entries: z.array(z.object({ serial: base64url, prefix: base64url, signature: base64url, receipt: base64url })),
    commentReceipts: z.array(base64url),
  }),
} as const satisfies Operation

const range = z.tuple([z.number(), z.number()])
const limits = z
  .object({ favourable: z.number().int(), neutral: z.number().int(), unfavourable: z.number().int() })
  .partial()
  .optional()
const count = z.number().int().nullable()
const groupHead = { id: z.string(), label: z.string(), parent: z.string().nullable() }

export const getReleaseOperation = {
  id: 'getRelease',
  method: 'get',
  path: '/waves/{wave}/release',
  summary: 'What may be shown of a wave: for administrators once it is closed, for everybody once it is published',
  permission: 'read',
  response: z.object({
    wave: z.string(),
    invited: z.number().int(),
    collected: z.number().int(),
    cast: z.number().int(),
    k: z.number().int(),
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(ITEM_KINDS),
        hidden: z.boolean(),
        n: count,
        favourable: count,
        neutral: count,
        unfavourable: count,
        atMost: limits,
        atLeast: limits,
        mean: z.number().nullable(),
        distribution: z.array(z.object({ value, count: z.number().int() })).nullable(),
        bounds: range.nullable(),
        interval: range.nullable(),
      }),
    ),
    groups: z.array(
      z.union([
        z.strictObject({ ...groupHead, hidden: z.literal(true) }),
        z.strictObject({
          ...groupHead,
          hidden: z.literal(false),
          n: z.number().int(),
          items: z.array(
            z.object({
              id: z.string(),
              hidden: z.boolean(),
              n: z.number().int().optional(),
              favourable: z.number().int().optional(),
              neutral: z.number().int().optional(),
              unfavourable: z.number().int().optional(),
              atMost: limits,
              atLeast: limits,
            }),
          ),
        }),
      ]),
    ),
    index: z.number().nullable(),
    alpha: z.number().nullable(),
    agreement: z.object({ f: z.number(), icc1: z.number(), icc2: z.number() }).nullable(),
    comments: z.array(z.object({ item: z.string(), texts: z.array(z.string()) })),
    redacted: z.number().int(),
  }),
} as const satisfies Operation

export const closeWaveOperation = {
  id: 'closeWave',
  method: 'post',
  path: '/waves/{wave}/close',
  summary:
    'Close an open wave now, or go on with a closing that was interrupted: its figures are fixed, its keys destroyed',
  permission: 'administer',
  response: waveResource,
} as const satisfies Operation

export const publishWaveOperation = {
  id: 'publishWave',
  method: 'post',
  path: '/waves/{wave}/publish',
  summary: 'Publish the release of a closed wave to every member',
  permission: 'administer',
  response: waveResource,
} as const satisfies Operation
