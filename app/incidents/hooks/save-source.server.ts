import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid, line } from '#app/identity/fields.ts'
import { difference, recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { slugOfName, tidyName } from '../names.server.ts'
import { ROOM_LOCK } from '../services.server.ts'
import { addSecretTo } from './add-secret.server.ts'
import { insertSource, type SourceRow, sourceBySlug, updateSource } from './hook-queries.server.ts'
import { KINDS, SOURCE_KINDS } from './source-kinds.ts'
import { readTables, type SourceTables, writeTables } from './source-tables.ts'

const name = line('what this source is called', 100).transform(tidyName)

const newSourceSchema = z.object({
  name,
  kind: z.enum(SOURCE_KINDS, { error: 'Choose what kind of program it is.' }),
  secret: z.string(),
})

const changeSchema = z.object({ name, severities: z.string(), services: z.string(), environments: z.string() })

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * Adds a source with its first secret and the tables that such programs usually need.
 * @param given.secret what the other program shows; empty for one that Candor makes, where that is how it is done.
 * @returns `secret`: the one that was made, shown this once; null when it was given.
 * @throws AppError invalid naming the fields, conflict when another source has the address.
 */
export async function addSource(
  { db, clock, actor }: Context,
  given: { name: string; kind: string; secret: string },
): Promise<{ slug: string; secret: string | null }> {
  demand(actor, 'administer')
  const input = check(newSourceSchema, given)
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const slug = slugOfName(input.name)
    const namesake = await sourceBySlug(tx, slug)
    if (namesake) {
      const message = `The source “${namesake.name}” has this address already.`
      throw new AppError('conflict', message, [{ path: 'name', message }])
    }
    const tables: SourceTables = {
      severities: KINDS[input.kind].severities,
      services: {},
      environments: input.kind === 'github' ? ['production'] : [],
    }
    const source: SourceRow = {
      id: newId(),
      slug,
      kind: input.kind,
      name: input.name,
      tables: JSON.stringify(tables),
      created_at: isoNow(clock),
      paused_at: null,
      refused_at: null,
    }
    await insertSource(tx, source)
    const secret = await addSecretTo(tx, clock, source, input.secret)
    const after = { kind: KINDS[input.kind].label }
    await recordAudit(tx, { actor, clock }, { act: 'source.created', subject: source.name, after })
    return { slug, secret }
  })
}

/**
 * Renames a source, and says which of its words mean what here. Its address stays.
 * @throws AppError not-found; invalid naming the fields.
 */
export async function changeSource(
  { db, clock, actor }: Context,
  { slug, ...given }: { slug: string; name: string; severities: string; services: string; environments: string },
): Promise<void> {
  demand(actor, 'administer')
  const input = check(changeSchema, given)
  const { tables, errors } = readTables(input)
  if (errors.length > 0) throw invalid(errors)
  await inTransaction(db, async tx => {
    const source = await sourceBySlug(tx, slug)
    if (!source) throw notFound('This source')
    const changes = difference(
      { name: source.name, ...writeTables(JSON.parse(source.tables) as SourceTables) },
      { name: input.name, ...writeTables(tables) },
    )
    if (!changes) return
    await updateSource(tx, { id: source.id, name: input.name, tables: JSON.stringify(tables) })
    await recordAudit(tx, { actor, clock }, { act: 'source.changed', subject: input.name, ...changes })
  })
}

/** Stops listening to a source, or listens again. Nothing that it told is lost. @throws AppError not-found. */
export async function pauseSource(
  { db, clock, actor }: Context,
  { slug, isPaused }: { slug: string; isPaused: boolean },
): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    const source = await sourceBySlug(tx, slug)
    if (!source) throw notFound('This source')
    if ((source.paused_at !== null) === isPaused) return
    await updateSource(tx, { id: source.id, paused_at: isPaused ? isoNow(clock) : null })
    const act = isPaused ? 'source.paused' : 'source.resumed'
    await recordAudit(tx, { actor, clock }, { act, subject: source.name })
  })
}
