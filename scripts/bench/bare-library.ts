/** The baseline: the same texts in one table with SQLite's own full text index, and nothing else. */
import SQLite from 'better-sqlite3'
import type { PlainRow } from './corpus.ts'

const COLUMNS = ['title', 'summary', 'body', 'factors', 'actions'] as const

/** As durable as Candor: write-ahead log, synced at every commit. The tokeniser stems, as Candor does. */
export function openBare(file: string): SQLite.Database {
  const db = new SQLite(file)
  db.pragma('journal_mode=WAL')
  db.pragma('synchronous=FULL')
  db.exec(`
    create table if not exists postmortems (id integer primary key, ${COLUMNS.map(name => `${name} text`).join(', ')});
    create virtual table if not exists postmortems_fts using fts5
      (${COLUMNS.join(', ')}, content='postmortems', content_rowid='id', tokenize='porter unicode61');
  `)
  return db
}

/** Inserts in transactions of `batch` rows. */
export function fillBare(db: SQLite.Database, rows: readonly PlainRow[], batch: number): void {
  const marks = COLUMNS.map(() => '?').join(', ')
  const row = db.prepare(`insert into postmortems (${COLUMNS.join(', ')}) values (${marks})`)
  const text = db.prepare(`insert into postmortems_fts (rowid, ${COLUMNS.join(', ')}) values (?, ${marks})`)
  const insert = db.transaction((some: readonly PlainRow[]) => {
    for (const one of some) {
      const values = COLUMNS.map(name => one[name])
      const { lastInsertRowid } = row.run(values)
      text.run(lastInsertRowid, values)
    }
  })
  for (let at = 0; at < rows.length; at += batch) insert(rows.slice(at, at + batch))
}

/** A search that answers twenty titles and passages for any of the words, best first. */
export function bareSearch(db: SQLite.Database): (words: string[]) => unknown[] {
  const search = db.prepare(`
    select p.title, snippet(postmortems_fts, -1, '<mark>', '</mark>', '…', 40) as passage
    from postmortems_fts join postmortems p on p.id = postmortems_fts.rowid
    where postmortems_fts match ? order by bm25(postmortems_fts) limit 20`)
  return words => search.all(words.map(word => `"${word.replaceAll('"', '""')}"`).join(' OR '))
}
