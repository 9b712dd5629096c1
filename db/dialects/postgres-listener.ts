import pg from 'pg'
import type { Ear, Listening } from './dialect.ts'

/** How often the connection is asked whether it still lives, and how long it may take to say so. */
const HEARTBEAT_MS = 5_000
const AGAIN_MS = [100, 500, 2_000]

/**
 * Hears one channel on a connection of its own, outside the pool: one from the pool would be given to others. A
 * connection that is lost or silent is made anew, and the ear is told that something may have been missed.
 */
export function listenOn(url: string, channel: string, ear: Ear): Listening {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let isClosed = false

  async function connect(): Promise<void> {
    const made = new pg.Client({ connectionString: url, application_name: `candor ${channel}`, keepAlive: true })
    client = made
    made.on('error', () => lose(made))
    made.on('end', () => lose(made))
    made.on('notification', ({ payload }) => ear.hear(payload ?? ''))
    try {
      await made.connect()
      await made.query(`listen ${made.escapeIdentifier(channel)}`)
      if (client !== made) return
      failures = 0
      ear.ready()
      timer = setTimeout(() => void beat(made), HEARTBEAT_MS)
      timer.unref()
    } catch {
      lose(made)
    }
  }

  async function beat(made: pg.Client): Promise<void> {
    const silence = setTimeout(() => lose(made), HEARTBEAT_MS)
    silence.unref()
    try {
      await made.query('select 1')
      if (client === made) timer = setTimeout(() => void beat(made), HEARTBEAT_MS).unref()
    } catch {
      lose(made)
    } finally {
      clearTimeout(silence)
    }
  }

  function lose(made: pg.Client): void {
    if (client !== made) return
    client = null
    clearTimeout(timer)
    made.end().catch(() => undefined)
    if (isClosed) return
    const wait = AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]
    timer = setTimeout(() => void connect(), wait).unref()
  }

  void connect()
  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      const last = client
      client = null
      await last?.end().catch(() => undefined)
    },
  }
}
