/**
 * One side of the bench on releases, in a process of its own:
 * `close <folder> <responses>` has so many people of many teams cast, and closes and publishes the wave;
 * `compute <responses> <times>` computes the release of so many invented responses so many times;
 * `bare <responses> <times>` counts the same answers by question and option, and nothing else;
 * `serve <folder>` serves what was closed until it is told to stop. Prints its answer as JSON.
 */
import { constants, randomBytes, sign } from 'node:crypto'
import { join } from 'node:path'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { castResponse } from '#app/surveys/casting/cast-response.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { computeRelease } from '#app/surveys/disclosure/compute-release.ts'
import { groupTree } from '#app/surveys/planning/group-tree.ts'
import { inventedAnswers } from '#app/surveys/planning/invented-answers.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { invitedOf } from '#app/surveys/planning/resolve-invited.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { questionnaireFor } from '#app/surveys/questionnaires/get-questionnaire.server.ts'
import { itemsOf, type Questionnaire } from '#app/surveys/questionnaires/questionnaire.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import type { OpenedResponse, ReleaseInput } from '#app/surveys/wave.ts'
import { keysOf } from '#app/surveys/wave-keys.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { cookieOfEditor, serve, timeEach } from './http.ts'

const [act, ...args] = process.argv.slice(2) as [string, ...string[]]
const DAY_MS = 86_400_000
/** When the wave was opened, for answers to be taken by now. */
const threeDaysAgo = { now: () => Date.now() - 3 * DAY_MS }
const INSTRUMENT = { id: 'incident-culture', version: 1 }
/** People to a team: small enough that some of them are hidden. */
const TEAM = 12
/** Of those invited. */
const CASTING = 0.65

function peopleFile(people: number): Uint8Array {
  const rows = Array.from(
    { length: people },
    (_, n) => `Person ${n},person-${n}@candor.test,Team ${Math.floor(n / TEAM)}`,
  )
  return new TextEncoder().encode(['name,email,team', ...rows, ''].join('\n'))
}

async function close(folder: string, responses: number) {
  const db = openDatabase(`file:${join(folder, 'candor.db')}`)
  await prepareDatabase({ db, clock: systemClock })
  const context = { db, clock: systemClock, actor: terminalActor(), origin: null, dataDir: folder }
  const files = [{ name: 'people.csv', bytes: peopleFile(Math.ceil(responses / CASTING)) }]
  await importAnything(context, 'people', files)
  const teamIds = (await listTeams(db)).map(team => team.id)
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
  const plan = { teamIds, personIds: [], grouping: 'team' as const }
  const invited = await invitedOf(db, plan, inDays(0).slice(0, 10))
  const wave = await savePlan(context, null, {
    ...plan,
    title: 'Bench',
    questionnaire: INSTRUMENT,
    languages: ['en'],
    k: 5,
    stewardIds: invited.slice(0, 1).map(person => person.personId),
    isStrict: false,
    isKiosk: false,
    repeatMonths: null,
    collectingFrom: inDays(-3),
    answeringFrom: inDays(-1),
    closesAt: inDays(7),
  })
  const opened = await openWave({ ...context, clock: threeDaysAgo }, wave)
  const { signing } = keysOf(context, opened)
  const given = inventedAnswers(
    opened.questionnaire as Questionnaire,
    invited.map(person => person.groupId),
    1,
  )
  await timeEach(given.slice(0, responses), 64, async one => {
    const [serial, prefix] = [randomBytes(32), randomBytes(32)]
    const pss = { key: signing, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
    const signature = sign('sha384', Buffer.concat([prefix, serial]), pss)
    const comments = one.comments.map(comment => ({ ...comment, nonce: encoded(randomBytes(32)) }))
    const ballot = { serial: encoded(serial), prefix: encoded(prefix), signature: encoded(signature) }
    const body = { ...ballot, nonce: encoded(randomBytes(32)), answers: one.answers, group: one.group, comments }
    await castResponse(context, wave, Buffer.from(JSON.stringify(body)))
  })
  const moments: Record<string, number> = {}
  const start = performance.now()
  await closeWave(context, wave, step => {
    moments[step] = performance.now()
  })
  const closeMs = performance.now() - start
  await publishWave(context, wave)
  const cookie = await cookieOfEditor(context)
  await db.destroy()
  return {
    wave,
    cookie,
    cast: Math.min(given.length, responses),
    closeMs,
    countMs: (moments.computed as number) - (moments.stopped as number),
  }
}

async function inventedInput(responses: number): Promise<ReleaseInput> {
  const db = openDatabase('file::memory:')
  const questionnaire = (await questionnaireFor(db, INSTRUMENT)) as Questionnaire
  await db.destroy()
  const teams = Array.from({ length: Math.ceil(responses / TEAM) }, (_, n) => ({
    id: `team-${n}`,
    slug: `team-${n}`,
    name: `Team ${n}`,
    parentId: null,
  }))
  const people = Array.from({ length: teams.length * TEAM }, (_, n) => ({
    personId: `person-${n}`,
    teamId: `team-${Math.floor(n / TEAM)}`,
  }))
  const groups = groupTree(teams, people)
  const leaves = groups.filter(group => group.isChoice).map(group => group.id)
  const groupIds = Array.from({ length: 2 * responses }, (_, n) => leaves[n % leaves.length] as string)
  const some = inventedAnswers(questionnaire, groupIds, 1).slice(0, responses)
  const invited = Math.ceil(responses / CASTING)
  return {
    wave: 'bench',
    questionnaire,
    groups,
    k: 5,
    invited,
    collected: responses,
    responses: some,
    barred: new Set(),
  }
}

async function compute(responses: number, times: number) {
  const input = await inventedInput(responses)
  return { times: await timeEach(Array.from({ length: times }), 1, () => void computeRelease(input)) }
}

async function bare(responses: number, times: number) {
  const { questionnaire, responses: all } = await inventedInput(responses)
  return { times: await timeEach(Array.from({ length: times }), 1, () => void countBarely(questionnaire, all)) }
}

function countBarely(questionnaire: Questionnaire, all: readonly OpenedResponse[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { id } of itemsOf(questionnaire))
    for (const { answers, group } of all) {
      const key = `${id} ${group} ${answers[id]}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return counts
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

const [first, second] = args as [string, string]
const acts: Record<string, () => Promise<object>> = {
  close: () => close(first, Number(second)),
  compute: () => compute(Number(first), Number(second)),
  bare: () => bare(Number(first), Number(second)),
  serve: () => serve(first, `file:${join(first, 'candor.db')}`),
}
console.log(JSON.stringify(await acts[act]!()))
