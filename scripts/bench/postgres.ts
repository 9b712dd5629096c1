/** PostgreSQL for benches. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'

export type Postgres = { url: string; stop: () => Promise<void> } | { reason: string }

/** A real one for the run of a bench, or why there is none. */
export async function startPostgres(): Promise<Postgres> {
  try {
    const { startPostgres: start } = await import('#test/support/start-postgres.ts')
    return await start()
  } catch (error) {
    return { reason: `PostgreSQL could not be started: ${error instanceof Error ? error.message : error}` }
  }
}

/** A database of its own, gone when the work is done. */
export async function withPostgresDatabase<T>(base: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `bench_${randomBytes(4).toString('hex')}`
  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: base })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await administer(`create database ${name}`)
  try {
    return await work(base.replace(/\/postgres$/, `/${name}`))
  } finally {
    await administer(`drop database ${name} with (force)`)
  }
}
