/**
 * Work that comes at the same moment, done in one transaction: with synchronous=FULL every transaction waits for the
 * disk, and sixteen people may as well wait for it together.
 */
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'

/** So many pieces at most share a transaction. */
const MOST = 64

interface Piece<T, R> {
  item: T
  resolve(result: R): void
  reject(error: unknown): void
}

interface Queue<T, R> {
  waiting: Piece<T, R>[]
  isRunning: boolean
}

/**
 * @param work does many pieces and answers in their order. What one piece is refused for is an answer, not an error:
 * an error takes the whole transaction back, and then each piece is tried by itself.
 */
export function inOneGo<T, R>(work: (tx: Tx, items: readonly T[]) => Promise<R[]>): (db: Db, item: T) => Promise<R> {
  const queues = new WeakMap<Db, Queue<T, R>>()

  async function settle(db: Db, pieces: Piece<T, R>[]): Promise<void> {
    const items = pieces.map(piece => piece.item)
    try {
      const results = await inTransaction(db, tx => work(tx, items))
      pieces.forEach((piece, at) => {
        piece.resolve(results[at] as R)
      })
    } catch (error) {
      if (pieces.length === 1) return pieces[0]?.reject(error)
      for (const piece of pieces) await settle(db, [piece])
    }
  }

  async function run(db: Db, queue: Queue<T, R>): Promise<void> {
    queue.isRunning = true
    while (queue.waiting.length > 0) await settle(db, queue.waiting.splice(0, MOST))
    queue.isRunning = false
  }

  return (db, item) =>
    new Promise<R>((resolve, reject) => {
      const queue = queues.get(db) ?? { waiting: [], isRunning: false }
      queues.set(db, queue)
      queue.waiting.push({ item, resolve, reject })
      if (!queue.isRunning) void run(db, queue)
    })
}
