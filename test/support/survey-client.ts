/** A wave with so many people, and a client that collects and casts as the contract says, natively and so quickly. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { importAnything } from '#app/home/import-anything.server.ts'
import type { Actor, Role } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { type Cast, castResponse } from '#app/surveys/casting/cast-response.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { findWave, type Wave } from '#app/surveys/get-wave.server.ts'
import { collectBallot } from '#app/surveys/inviting/collect-ballot.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import type { Item, Questionnaire } from '#app/surveys/questionnaires/questionnaire.ts'
import type { WaveDates, WavePlan } from '#app/surveys/wave.ts'
import type { WaveContext } from '#app/surveys/wave-context.ts'
import type { Db } from '#db/index.server.ts'
import { blindBallot, readBlindKey } from '#test/support/blind-ballot.ts'

export const DAY = 86_400_000
/** When a wave was opened, for answers to be taken by now. */
export const THREE_DAYS_AGO = { now: () => Date.now() - 3 * DAY }
const START = Date.parse('2026-03-02T09:00:00.000Z')

export interface Respondent {
  personId: string
  email: string
  name: string
}

/** In base64url, as it is sent. */
export interface Ballot {
  serial: string
  prefix: string
  signature: string
}

export interface Given {
  answers?: Record<string, unknown>
  group?: string | null
  comments?: { item: string; text: string; nonce?: string }[]
  nonce?: string
}

export interface SurveyHouse {
  db: Db
  dataDir: string
  /** Stands still until it is moved. */
  clock: { now(): number; at: number; pass(milliseconds: number): void }
  people: Respondent[]
  teamIds: Record<string, string>
  /** The administrator's, unless somebody else is named. */
  context(actor?: Actor): WaveContext
  actorFor(person: Respondent, role?: Role): Actor
  /** Publishes a questionnaire, plans a wave of it for everybody and opens it; its people can collect at once. */
  open(more?: Partial<WavePlan & WaveDates & { title: string; asks: Questionnaire }>): Promise<Wave>
  /** The same without opening. @returns its id. */
  plan(more?: Partial<WavePlan & WaveDates & { title: string; asks: Questionnaire }>): Promise<string>
  wave(id: string): Promise<Wave>
  /** Moves the clock into the days of answering. */
  toAnswering(wave: Wave): void
  collect(wave: Wave, person: Respondent): Promise<Ballot>
  cast(wave: Wave, ballot: Ballot, given?: Given): Promise<Cast>
  close(wave: Wave): Promise<Wave>
}

/** @param teams people by team; a name alone stands for a team at the top. */
export async function openSurveyHouse(db: Db, teams: Record<string, number> = { Payments: 12 }): Promise<SurveyHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'candor-survey-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const clock = {
    at: START,
    now: () => clock.at,
    pass(milliseconds: number) {
      clock.at += milliseconds
    },
  }
  const rows = Object.entries(teams).flatMap(([team, size]) =>
    Array.from({ length: size }, (_, n) => `${team} ${n},${team.toLowerCase()}-${n}@x.test,${team}`),
  )
  const bytes = Buffer.from(['name,email,team', ...rows, ''].join('\n'))
  const report = await importAnything({ db, clock, actor: terminalActor() }, 'people', [{ name: 'people.csv', bytes }])
  if (report.errors.length > 0) throw new Error(JSON.stringify(report.errors))
  const found = await db.selectFrom('people').select(['id as personId', 'email', 'name']).orderBy('email').execute()
  const people = found.filter(person => person.email.endsWith('@x.test'))
  const teamRows = await db.selectFrom('teams').select(['id', 'name']).execute()
  const teamIds = Object.fromEntries(teamRows.map(team => [team.name, team.id]))

  const house: SurveyHouse = {
    db,
    dataDir,
    clock,
    people,
    teamIds,
    context: (actor = terminalActor()) => ({ db, clock, actor, dataDir: house.dataDir, origin: null }),
    actorFor: ({ personId, name, email }, role = 'member') => ({
      accountId: `account-${personId}`,
      personId,
      name,
      email,
      role,
      timeZone: 'UTC',
      via: 'session',
    }),
    async plan({ asks = aQuestionnaire(), title = 'Spring', ...more } = {}) {
      const at = (days: number) => new Date(clock.at + days * DAY).toISOString()
      await keepQuestionnaire(db, asks, at(0))
      return savePlan(house.context(), null, {
        title,
        questionnaire: { id: asks.id, version: asks.version },
        languages: ['en'],
        teamIds: Object.values(teamIds),
        personIds: [],
        grouping: 'team',
        k: 5,
        stewardIds: [people[0]?.personId ?? ''],
        isStrict: false,
        isKiosk: false,
        repeatMonths: null,
        collectingFrom: at(0),
        answeringFrom: at(2),
        closesAt: at(9),
        ...more,
      } as Parameters<typeof savePlan>[2])
    },
    async open(more) {
      return openWave(house.context(), await house.plan(more))
    },
    async wave(id) {
      const wave = await findWave(db, id, clock)
      if (!wave) throw new Error(`There is no wave ${id}.`)
      return wave
    },
    toAnswering(wave) {
      clock.at = Math.max(clock.at, Date.parse(wave.answeringFrom))
    },
    async collect(wave, person) {
      const blinding = blind(wave.publicKey ?? '')
      const context = house.context(house.actorFor(person))
      const signature = await collectBallot(context, wave.id, blinding.blindedMessage)
      return blinding.finalise(signature)
    },
    cast: (wave, ballot, given) => castResponse(house.context(), wave.id, bodyOf(ballot, given)),
    close: wave => closeWave(house.context(), wave.id),
  }
  return house
}

/** Publishes a questionnaire as it is, whatever an editor would say of it. */
export async function keepQuestionnaire(db: Db, asks: Questionnaire, at: string): Promise<void> {
  const definition = JSON.stringify(asks)
  await db
    .insertInto('questionnaires')
    .values({ id: asks.id, version: asks.version, state: 'published', definition, created_at: at, updated_at: at })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** The bytes of a response: nonces are made where none are given. */
export function bodyOf(ballot: Ballot, given: Given = {}): Buffer {
  const { answers = { safe: 4, helped: 'yes' }, group = null, comments = [], nonce = random() } = given
  const body = { ...ballot, nonce, answers, group, comments: comments.map(one => ({ nonce: random(), ...one })) }
  return Buffer.from(JSON.stringify(body))
}

/** 32 random bytes in base64url. */
export function random(): string {
  return randomBytes(32).toString('base64url')
}

/** A scale, a reversed one, a choice, one that follows it, several choices and a comment. */
export function aQuestionnaire(more: Partial<Questionnaire> = {}): Questionnaire {
  const points = [1, 2, 3, 4, 5].map(value => ({ value, label: { en: `${value}`, de: `${value}` } }))
  const choices = (...values: string[]) => values.map(value => ({ value, label: { en: value, de: value } }))
  const item = (id: string, rest: Partial<Item> & Pick<Item, 'kind' | 'options'>): Item => ({
    id,
    text: { en: `About ${id}`, de: `Zu ${id}` },
    reversed: false,
    headline: false,
    ...rest,
  })
  return {
    id: 'our-own',
    version: 1,
    title: { en: 'How we learn', de: 'Wie wir lernen' },
    introduction: null,
    languages: ['en', 'de'],
    target: 0.8,
    sections: [
      {
        title: null,
        items: [
          item('safe', { kind: 'scale', options: points, headline: true }),
          item('blamed', { kind: 'scale', options: points, reversed: true }),
          item('helped', { kind: 'single', options: choices('yes', 'no') }),
          item('how', {
            kind: 'multiple',
            options: choices('forum', 'review', 'guide'),
            showIf: { item: 'helped', values: ['yes'] },
          }),
          item('more', { kind: 'comment', options: [] }),
        ],
      },
    ],
    ...more,
  }
}

/** Prepares and blinds a random serial, as it is sent. @param publicKey SPKI DER in base64url. */
export function blind(publicKey: string): { blindedMessage: string; finalise(blindSignature: Uint8Array): Ballot } {
  const { serial, prefix, blindedMessage, unblind } = blindBallot(readBlindKey(Buffer.from(publicKey, 'base64url')))
  return {
    blindedMessage: encoded(blindedMessage),
    finalise: signature => ({
      serial: encoded(serial),
      prefix: encoded(prefix),
      signature: encoded(unblind(signature)),
    }),
  }
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
