/** A small organisation for this room's tests: one administrator, whose clock can be set. */
import { pino } from 'pino'
import type { Actor, Role } from '#app/identity/actor.ts'
import { authenticate, terminalActor } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import { hashPassword } from '#app/identity/passwords.server.ts'
import type { PersonInput } from '#app/identity/person.ts'
import { signIn } from '#app/identity/sign-in.server.ts'
import { createThrottle, type Throttle } from '#app/identity/throttle.server.ts'
import type { Mail, Mailer } from '#app/platform/mail.server.ts'
import type { Db } from '#db/index.server.ts'

export const PASSWORD = 'a quiet harbour'
export const ORIGIN = 'https://candor.example.org'
export const START = Date.parse('2026-03-10T09:00:00.000Z')
export const DAY = 24 * 60 * 60 * 1000

/** A clock that stands still until it is moved. */
export function fakeClock(start = START) {
  let at = start
  return {
    now: () => at,
    pass(milliseconds: number) {
      at += milliseconds
    },
  }
}

let ready: Promise<string> | undefined

/** Makes an account with `PASSWORD`. */
export async function give(house: House, name: string, email: string, role: Role): Promise<Actor> {
  ready ??= hashPassword(PASSWORD)
  const context = { db: house.db, clock: house.clock, actor: terminalActor() }
  await createReadyAccount(context, { name, email, role, passwordHash: await ready })
  return house.actorOf(email)
}

export interface House {
  db: Db
  clock: ReturnType<typeof fakeClock>
  origin: string
  throttle: Throttle
  log: pino.Logger
  mails: Mail[]
  mailer: Mailer
  /** Ada, who administers. */
  ada: Actor
  cookieOf(email: string, password?: string): Promise<string>
  actorOf(email: string): Promise<Actor>
  /** Who a cookie or a token speaks for. */
  whoIs(credentials: { cookie?: string; token?: string }): Promise<Actor | null>
}

export async function openHouse(db: Db): Promise<House> {
  const mails: Mail[] = []
  const clock = fakeClock()
  const house: House = {
    db,
    clock,
    origin: ORIGIN,
    throttle: createThrottle({ perEmail: 10, perAddress: 50, seconds: 900 }),
    log: pino({ level: 'silent' }),
    mails,
    mailer: {
      folder: null,
      async send(mail) {
        mails.push(mail)
      },
    },
    ada: terminalActor(),
    async cookieOf(email, password = PASSWORD) {
      const input = { email, password, address: '127.0.0.1', userAgent: 'curl/8.0' }
      return (await signIn(house, input)).split(';')[0] as string
    },
    async actorOf(email) {
      const actor = await house.whoIs({ cookie: await house.cookieOf(email) })
      if (!actor) throw new Error(`${email} is nobody`)
      return actor
    },
    async whoIs({ cookie, token }) {
      const credentials = { cookie: cookie ?? null, authorization: token ? `Bearer ${token}` : null }
      return (await authenticate(house, credentials)).actor
    },
  }
  house.ada = await give(house, 'Ada Okafor', 'ada@example.org', 'administrator')
  return house
}

export function aPerson(name: string, email: string, more: Partial<PersonInput> = {}): PersonInput {
  return {
    name,
    email,
    team: null,
    managerEmail: null,
    isEngineer: true,
    startedOn: null,
    leftOn: null,
    timeZone: null,
    leaves: [],
    ...more,
  }
}

/** The secret in the last mail's link. */
export function secretIn(mail: Mail | undefined): string {
  return /\/(?:reset|invitation)\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

/** What a refused promise says about each field. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<{ refusal: string; message: string; fields: Record<string, string> }> {
  try {
    await work
  } catch (error) {
    const { refusal, message, errors } = error as {
      refusal: string
      message: string
      errors: { path: string; message: string }[]
    }
    if (!refusal) throw error
    return { refusal, message, fields: Object.fromEntries(errors.map(one => [one.path, one.message])) }
  }
  throw new Error('nothing was refused')
}
