/** Rewrites a SQLite file without anything that was deleted, and empties its log: in a thread, since it can take long. */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** A log stays while somebody still reads from it; reads are short. */
const ATTEMPTS = 200

const WORK = `
const { workerData, parentPort } = require('node:worker_threads')
const SQLite = require(workerData.module)
const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
const db = new SQLite(workerData.path, { timeout: 10000 })
try {
  db.pragma('secure_delete=ON')
  db.pragma('synchronous=FULL')
  db.exec('vacuum')
  let isEmpty = false
  for (let n = 0; n < workerData.attempts && !isEmpty; n++) {
    const [{ busy, log, checkpointed }] = db.pragma('wal_checkpoint(TRUNCATE)')
    isEmpty = busy === 0 && log === 0 && checkpointed === 0
    if (!isEmpty) wait()
  }
  parentPort.postMessage(isEmpty)
} finally {
  db.close()
}
`

/** @throws Error when the write-ahead log cannot be emptied because somebody keeps reading. */
export async function scrubSqlite(path: string): Promise<void> {
  const module = createRequire(import.meta.url).resolve('better-sqlite3')
  const isEmpty = await new Promise<boolean>((resolve, reject) => {
    const worker = new Worker(WORK, { eval: true, workerData: { path, module, attempts: ATTEMPTS } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that scrubs the database ended early.')))
  })
  if (!isEmpty) throw new Error('The write-ahead log could not be emptied: another program reads the database.')
}
