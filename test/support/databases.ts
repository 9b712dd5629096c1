/** Fresh, migrated databases of both kinds for a test file. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { type Db, migrate, openDatabase } from '#db/index.server.ts'

export interface TestDatabase {
  /** A handle on a new, migrated, empty database; closed and removed after the file. */
  fresh(): Promise<Db>
  url(): Promise<string>
}

/** Runs the same tests once on SQLite and once on PostgreSQL. */
export function onBothDatabases(title: string, tests: (database: TestDatabase) => void): void {
  for (const kind of ['SQLite', 'PostgreSQL'] as const)
    describe(`${title} [${kind}]`, () => {
      const closers: (() => Promise<void> | void)[] = []
      async function url(): Promise<string> {
        if (kind === 'SQLite') {
          const folder = mkdtempSync(join(tmpdir(), 'candor-test-'))
          closers.unshift(() => rmSync(folder, { recursive: true, force: true }))
          return `file:${join(folder, 'candor.db')}`
        }
        const base = inject('postgresUrl')
        const name = `candor_${randomBytes(6).toString('hex')}`
        await asAdministrator(base, `create database ${name}`)
        closers.unshift(() => asAdministrator(base, `drop database if exists ${name} with (force)`))
        return base.replace(/\/postgres$/, `/${name}`)
      }
      afterAll(async () => {
        for (const close of closers) await close()
      })
      tests({
        url,
        async fresh() {
          const db = openDatabase(await url())
          closers.unshift(() => db.destroy())
          await migrate(db)
          return db
        },
      })
    })
}

async function asAdministrator(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
