import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type Db, insertRows, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'

onBothDatabases('Many rows at a time', database => {
  const row = (id: string, value: string) => ({ key: id, value })
  const all = (db: Db) => db.selectFrom('settings').selectAll().where('key', 'like', 'many%').orderBy('key').execute()

  it('are all there, also more than one statement of PostgreSQL can take', async () => {
    const db = await database.fresh()
    const rows = Array.from({ length: 40_000 }, (_, n) => row(`many${String(n).padStart(6, '0')}`, `it's "${n}"`))
    await inTransaction(db, tx => insertRows(tx, 'settings', rows))
    expect(await all(db)).toEqual(rows)
  })

  it('meet rows that are there already as they are told to', async () => {
    const db = await database.fresh()
    await inTransaction(db, tx => insertRows(tx, 'settings', [row('many', 'first')]))
    const again = [row('many', 'second'), row('many2', 'new')]
    await expect(inTransaction(db, tx => insertRows(tx, 'settings', again))).rejects.toThrow(/unique/i)
    expect(await all(db)).toEqual([row('many', 'first')])
    await inTransaction(db, tx => insertRows(tx, 'settings', again, { on: [], update: [] }))
    expect(await all(db)).toEqual([row('many', 'first'), row('many2', 'new')])
    await inTransaction(db, tx => insertRows(tx, 'settings', again, { on: ['key'], update: ['value'] }))
    expect(await all(db)).toEqual(again)
  })

  it('may be none', async () => {
    const db = await database.fresh()
    await inTransaction(db, tx => insertRows(tx, 'settings', []))
    expect(await all(db)).toEqual([])
  })

  it('are read as they are now after the table has changed', async () => {
    const db = await database.fresh()
    await inTransaction(db, tx => insertRows(tx, 'settings', [row('many', 'one')]))
    expect(await all(db)).toEqual([row('many', 'one')])
    await sql`alter table settings add column extra text`.execute(db)
    expect(await all(db)).toEqual([{ ...row('many', 'one'), extra: null }])
    await inTransaction(db, tx => tx.updateTable('settings').set({ value: 'two' }).where('key', '=', 'many').execute())
    expect(await all(db)).toEqual([{ ...row('many', 'two'), extra: null }])
  })
})
