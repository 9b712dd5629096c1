/**
 * The demo's surveys of incident culture: two published waves, and one that can be collected and answered now. Ballots
 * are real and checked like any other; the serials are signed here directly, since the seed holds the key anyway.
 */
import { constants, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { changeActionItem } from '#app/postmortems/change-action-item.server.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { castResponse } from '#app/surveys/casting/cast-response.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import type { Wave } from '#app/surveys/get-wave.server.ts'
import { collectBallot } from '#app/surveys/inviting/collect-ballot.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { invitedOf } from '#app/surveys/planning/resolve-invited.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { itemsOf } from '#app/surveys/questionnaires/questionnaire.ts'
import { commitTo } from '#app/surveys/results/commit-to.server.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import {
  finishStewarding,
  redactComment,
  stewardView,
  tagComment,
} from '#app/surveys/results/steward-comments.server.ts'
import { type KeyPlace, keysOf } from '#app/surveys/wave-keys.server.ts'
import type { Db } from '#db/index.server.ts'

const DAY_MS = 86_400_000
const ADMINISTRATOR = 'admin@demo.candor.test'
const STEWARD = 'editor@demo.candor.test'
/** Who looks around in the demo finds their own ballot still to be collected. */
const NOT_YET = /^(admin|facilitator|editor|member)@/

const action = z.object({
  title: z.string(),
  incident: z.string(),
  kind: z.string(),
  owner: z.string(),
  /** Days from the promise on. */
  due: z.number(),
  isDone: z.boolean(),
})
const comment = z.object({ text: z.string(), themes: z.array(z.string()).default([]), name: z.string().optional() })
const waveSchema = z.object({
  title: z.string(),
  /** Days from today on which it was planned, and how many of its nine days from collecting to closing. */
  opened: z.number(),
  collected: z.number(),
  cast: z.number(),
  /** By item, the mean of what people said, from 1 to 5 as it is asked. */
  means: z.record(z.string(), z.number()),
  comments: z.array(comment).default([]),
  commitments: z.array(z.object({ text: z.string(), item: z.string(), action: action.optional() })).default([]),
})
type SeededWave = z.infer<typeof waveSchema>

interface Context extends KeyPlace {
  db: Db
  clock: Clock
  actor: Actor
}

/** Runs after people, themes and incidents. @param place where the open wave's key is kept, and for which address. */
export async function seedSurveys(site: { db: Db; clock: Clock; actor: Actor }, place: KeyPlace): Promise<void> {
  const text = readFileSync(join(PROJECT_FOLDER, 'db', 'seeds', 'surveys.yaml'), 'utf8')
  const waves = z.array(waveSchema).parse(parse(text))
  const administrator = await actorFor(site, ADMINISTRATOR)
  for (const wave of waves) await seedWave({ ...site, ...place, actor: administrator }, wave)
}

async function seedWave(context: Context, seeded: SeededWave): Promise<void> {
  const today = context.clock.now()
  // The demo's own clock is never turned back: only what happened then is told to have happened then.
  const at = (days: number): Context => ({ ...context, clock: { now: () => today + (seeded.opened + days) * DAY_MS } })
  const dates = [0, 2, 12].map(days => new Date(today + (seeded.opened + days) * DAY_MS).toISOString())
  const [collectingFrom, answeringFrom, closesAt] = dates as [string, string, string]
  const [teams, stewards] = await Promise.all([listTeams(context.db), peopleByEmails(context.db, [STEWARD])])
  const id = await savePlan(at(-1), null, {
    title: seeded.title,
    questionnaire: { id: 'incident-culture', version: 1 },
    languages: ['en', 'de'],
    collectingFrom,
    answeringFrom,
    closesAt,
    teamIds: teams.map(team => team.id),
    personIds: [],
    grouping: 'team',
    k: 5,
    stewardIds: [stewards.get(STEWARD)?.id ?? ''],
    isStrict: false,
    isKiosk: true,
    repeatMonths: null,
  })
  await answer(await openWave(at(-0.5), id), seeded, at)
  if (closesAt > new Date(today).toISOString()) return
  await closeWave(at(12), id)
  await publishWave(at(13), id)
  await takeNamesOut({ ...at(14), actor: await actorFor(context, STEWARD) }, id, seeded)
  for (const commitment of seeded.commitments) await promise(at(16), context.clock, id, commitment)
}

async function answer(wave: Wave, seeded: SeededWave, at: (days: number) => Context): Promise<void> {
  const context = at(2.1)
  const day = new Date(context.clock.now()).toISOString().slice(0, 10)
  const invited = (await invitedOf(context.db, wave.plan, day)).sort((one, other) =>
    one.personId < other.personId ? -1 : 1,
  )
  const draw = drawer(seeded.title)
  const willing = mixed(
    invited.filter(person => !NOT_YET.test(person.email)),
    draw,
  ).slice(0, seeded.collected)
  const collecting = at(0.1)
  await Promise.all(
    willing.map(({ personId, name, email }) =>
      collectBallot({ ...collecting, actor: { ...context.actor, personId, name, email } }, wave.id, anyMessage()),
    ),
  )
  const { signing } = keysOf(context, wave)
  const comments = mixed(seeded.comments, draw)
  await Promise.all(
    willing.slice(0, seeded.cast).map(({ groupId }, at) => {
      const [serial, prefix] = [randomBytes(32), randomBytes(32)]
      const signature = sign('sha384', Buffer.concat([prefix, serial]), {
        key: signing,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 48,
      })
      const response = {
        serial: serial.toString('base64url'),
        prefix: prefix.toString('base64url'),
        signature: signature.toString('base64url'),
        nonce: random(),
        answers: answersOf(wave, seeded, groupId, draw),
        group: draw() < 0.06 ? null : groupId,
        comments: commentsAt(wave, comments[at]?.text),
      }
      return castResponse(context, wave.id, Buffer.from(JSON.stringify(response)))
    }),
  )
}

/** Around the wave's means, a little higher or lower in some teams and for some people; now and then left out. */
function answersOf(
  wave: Wave,
  { means }: SeededWave,
  group: string | null,
  draw: () => number,
): Record<string, number> {
  const team = drawer(group ?? '')() - 0.5
  const person = (draw() + draw() - 1) * 1.2
  const answers: Record<string, number> = {}
  for (const item of wave.questionnaire ? itemsOf(wave.questionnaire) : []) {
    if (item.kind !== 'scale' || draw() < 0.015) continue
    const mood = (item.reversed ? -1 : 1) * (person + 0.7 * team)
    const value = (means[item.id] ?? 3.5) + mood + (draw() + draw() + draw() - 1.5) * 1.3
    answers[item.id] = Math.min(5, Math.max(1, Math.round(value)))
  }
  return answers
}

function commentsAt(wave: Wave, text: string | undefined): { item: string; text: string; nonce: string }[] {
  const item = wave.questionnaire && itemsOf(wave.questionnaire).find(one => one.kind === 'comment')
  return item && text !== undefined ? [{ item: item.id, text, nonce: random() }] : []
}

async function takeNamesOut(context: Context, id: string, seeded: SeededWave): Promise<void> {
  const { questions } = await stewardView(context, id)
  for (const { id: comment, text } of questions.flatMap(question => question.comments)) {
    const { name, themes = [] } = seeded.comments.find(one => one.text === text) ?? {}
    if (themes.length > 0) await tagComment(context, id, { comment, themes })
    if (name !== undefined) await redactComment(context, id, { comment, words: name })
  }
  await finishStewarding(context, id)
}

async function promise(
  context: Context,
  now: Clock,
  id: string,
  { text, item, action }: SeededWave['commitments'][number],
): Promise<void> {
  const linked = action && (await createActionItem(context, actionOf(context, action)))
  await commitTo(context, id, { text, item, action: linked ?? '' })
  if (!linked || !action.isDone) return
  const done = Math.min(context.clock.now() + (action.due - 2) * DAY_MS, now.now())
  await changeActionItem({ ...context, clock: { now: () => done } }, { id: linked, change: { state: 'done' } })
}

function actionOf({ clock }: Context, { title, incident, kind, owner, due }: z.infer<typeof action>) {
  return { title, incident, kind, owner, dueOn: new Date(clock.now() + due * DAY_MS).toISOString().slice(0, 10) }
}

async function actorFor({ db, actor }: { db: Db; actor: Actor }, email: string): Promise<Actor> {
  const person = (await peopleByEmails(db, [email])).get(email)
  return person ? { ...actor, personId: person.id, name: person.name, email } : actor
}

/** 256 bytes below any modulus of 2048 bits; nobody will finalise what is signed here. */
function anyMessage(): string {
  const message = randomBytes(256)
  message[0] = 1
  return message.toString('base64url')
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

/** Numbers from 0 to 1, the same for the same name, so that every demo tells the same story (mulberry32). */
function drawer(name: string): () => number {
  let state = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 17)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function mixed<T>(things: readonly T[], draw: () => number): T[] {
  return things
    .map(thing => ({ thing, place: draw() }))
    .sort((one, other) => one.place - other.place)
    .map(({ thing }) => thing)
}
