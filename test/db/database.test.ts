import type { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { inTransaction, migrate, openDatabase, pendingMigrations } from '#db/index.server.ts'
import { migrations } from '#db/migrations/index.ts'
import { onBothDatabases } from '#test/support/databases.ts'

onBothDatabases('the database', database => {
  it('is migrated once, and a second start has nothing to do', async () => {
    const db = await database.fresh()
    expect(await pendingMigrations(db)).toEqual([])
    expect((await migrate(db)).applied).toEqual([])
  })

  it('is migrated by one of two instances that start together', async () => {
    const url = await database.url()
    const [one, two] = [openDatabase(url), openDatabase(url)]
    const reports = await Promise.all([migrate(one), migrate(two)])
    expect(reports.map(report => report.applied.length).sort()).toEqual([0, Object.keys(migrations).length])
    await Promise.all([one.destroy(), two.destroy()])
  })

  it('is left as it was by an upgrade that fails half-way, and says what to do', async () => {
    const db = await database.fresh()
    await db.insertInto('settings').values({ key: 'name', value: '"Acme"' }).execute()
    const failing = {
      ...migrations,
      '9998-good': {
        up: (old: Kysely<unknown>) => old.schema.createTable('new_room').addColumn('id', 'text').execute(),
      },
      '9999-bad': { up: () => Promise.reject(new Error('disk full')) },
    }
    await expect(migrate(db, failing)).rejects.toThrow(
      /could not be upgraded \(step 9999-bad\): disk full\. Nothing was changed: the earlier version/,
    )
    const tables = (await db.introspection.getTables()).map(table => table.name)
    expect(tables).not.toContain('new_room')
    expect(await pendingMigrations(db)).toEqual([])
    expect(await db.selectFrom('settings').selectAll().execute()).toEqual([{ key: 'name', value: '"Acme"' }])
  })

  it('keeps nothing of a transaction that fails', async () => {
    const db = await database.fresh()
    const failing = inTransaction(db, async tx => {
      await tx.insertInto('settings').values({ key: 'name', value: '"Acme"' }).execute()
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await db.selectFrom('settings').selectAll().execute()).toEqual([])
  })

  it('lets other work go on while a transaction waits', async () => {
    const db = await database.fresh()
    const slow = inTransaction(db, async tx => {
      await tx.insertInto('settings').values({ key: 'a', value: '1' }).execute()
      await new Promise(resolve => setTimeout(resolve, 50))
    })
    const other = db.insertInto('settings').values({ key: 'b', value: '2' }).execute()
    expect((await db.selectFrom('settings').selectAll().execute()).length).toBeLessThan(2)
    await Promise.all([slow, other])
    expect(await db.selectFrom('settings').select('key').orderBy('key').execute()).toEqual([{ key: 'a' }, { key: 'b' }])
  })

  it('orders text by code point on both databases', async () => {
    const db = await database.fresh()
    const keys = ['b', 'A', 'ä', 'a', 'Z']
    for (const key of keys) await db.insertInto('settings').values({ key, value: '0' }).execute()
    const rows = await db.selectFrom('settings').select('key').orderBy('key').execute()
    expect(rows.map(row => row.key)).toEqual(['A', 'Z', 'a', 'b', 'ä'])
  })

  it('never changes or removes an audit entry', async () => {
    const db = await database.fresh()
    const entry = {
      id: '1',
      at: '2026-01-01T00:00:00.000Z',
      actor_id: null,
      actor_name: 'A',
      act: 'x',
      subject: 'y',
      before: null,
      after: null,
    }
    await db.insertInto('audit_entries').values(entry).execute()
    await expect(db.updateTable('audit_entries').set({ act: 'z' }).execute()).rejects.toThrow('can only grow')
    await expect(db.deleteFrom('audit_entries').execute()).rejects.toThrow('can only grow')
  })
})
