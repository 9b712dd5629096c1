/** What the tests of this room share: a still clock, people of every role, real documents, records to order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ImportFile } from '#app/home/import-anything.server.ts'
import type { Actor, Role } from '#app/identity/actor.ts'
import { createLog } from '#app/platform/log.server.ts'
import { emptyRecord, type PostmortemRecord } from '#app/postmortems/record.ts'
import { type Saved, saveRecords } from '#app/postmortems/save-records.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import type { TestDatabase } from '#test/support/databases.ts'

export const NOW = '2026-12-01T10:00:00.000Z'
export const clock = { now: () => Date.parse(NOW) }
export const log = createLog('silent')

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
/** Tests that need the shared data are skipped where it is not, with this as their reason. */
export const NO_DATA = existsSync(join(DATA, 'postmortems')) ? undefined : '../shared/data is not here'

export function dataFile(path: string): Buffer {
  return readFileSync(join(DATA, path))
}

/** The 40 documents and the file of 432 public incidents. */
export function realFiles(): ImportFile[] {
  const folder = join(DATA, 'postmortems')
  const documents = readdirSync(folder).flatMap(house =>
    readdirSync(join(folder, house)).map(name => ({
      name: `${house}/${name}`,
      bytes: readFileSync(join(folder, house, name)),
    })),
  )
  return [...documents, { name: 'incidents.jsonl', bytes: dataFile('public-incidents/incidents.jsonl') }]
}

/** A database with the rooms wired and the themes planted. */
export async function prepared(database: TestDatabase): Promise<Db> {
  const db = await database.fresh()
  await prepareDatabase({ db, clock })
  return db
}

/** Somebody with an account's role and a person whom postmortems can name by e-mail. */
export async function someone(db: Db, role: Role, email = `${role}@example.org`): Promise<Actor> {
  await db
    .insertInto('people')
    .values({
      id: `person ${email}`,
      name: email.split('@', 1)[0] as string,
      email,
      team_id: null,
      manager_id: null,
      is_engineer: 1,
      started_on: null,
      left_on: null,
      time_zone: null,
      mails: '{}',
      created_at: NOW,
      updated_at: NOW,
    })
    .execute()
  return {
    accountId: `account ${email}`,
    personId: `person ${email}`,
    name: email.split('@', 1)[0] as string,
    email,
    role,
    timeZone: 'UTC',
    via: 'session',
  }
}

export type Sketch = Partial<Omit<PostmortemRecord, 'sections'>> & { sections?: Partial<PostmortemRecord['sections']> }

export function recordOf({ sections, ...facts }: Sketch & { title: string }): PostmortemRecord {
  const empty = emptyRecord(facts.title)
  return { ...empty, ...facts, sections: { ...empty.sections, ...sections } }
}

/** Writes a record as it is. */
export async function save(db: Db, actor: Actor, sketch: Sketch & { title: string }): Promise<Saved> {
  const [saved] = await inTransaction(db, tx =>
    saveRecords(tx, { clock, actor }, [{ record: recordOf(sketch), note: 'Written' }]),
  )
  return saved as Saved
}

export const text = (words: string): Uint8Array => Buffer.from(words)

/** Everything of an asynchronous sequence. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** Runs that must be refused: what they threw. */
export async function refusalOf(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work()
  } catch (error) {
    return error as Error
  }
  throw new Error('It was not refused.')
}
