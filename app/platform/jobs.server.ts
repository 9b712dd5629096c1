/**
 * What is done by itself, at its time. Each job and time slot is one row with a deterministic id, so that two instances
 * collide on the key and one of them does it. What fails is logged and tried again, a few times.
 */
import type { Db } from '#db/index.server.ts'
import { type Clock, isoNow } from './clock.ts'
import { claimJob, deleteJobsBefore, endJob } from './job-queries.server.ts'
import type { Log } from './log.server.ts'

export interface Job {
  /** Unique, in kebab-case: a part of the rows' ids. */
  name: string
  /** The slot that is due now, or several, or null. */
  slotAt(now: number): Promise<string | string[] | null> | string | string[] | null
  run(turn: Turn): Promise<void>
}

/** One turn of a job. */
export interface Turn {
  slot: string
  /**
   * Does a part of the turn once, however often the turn is tried and by whomever.
   * @param options.isLeftWhereItStopped for what must not be done twice even in part: when a process ends amid it,
   * nobody takes it over. What fails is tried again all the same.
   * @returns whether it was done now. @throws what `work` throws, after noting it.
   */
  once(key: string, work: () => Promise<void>, options?: { isLeftWhereItStopped?: boolean }): Promise<boolean>
}

export interface Jobs {
  /** Does what is due. Failures are logged, never thrown. */
  tick(): Promise<void>
  start(): void
  /** Waits for what is being done. */
  stop(): Promise<void>
}

const EVERY_MS = 60_000
/** A turn that has not ended by then was abandoned: its process is gone. */
const ABANDONED_MS = 30 * 60_000
/** Later than anything: never abandoned. */
const NEVER = '9999-12-31T00:00:00.000Z'
const RETRY_MS = 5 * 60_000
const KEPT_MS = 90 * 86_400_000

export function createJobs({ db, clock, log }: { db: Db; clock: Clock; log: Log }, jobs: readonly Job[]): Jobs {
  const inMs = (milliseconds: number) => new Date(clock.now() + milliseconds).toISOString()

  async function attempt(id: string, work: () => Promise<void>, abandonedAt = inMs(ABANDONED_MS)): Promise<boolean> {
    const attempts = await claimJob(db, id, { now: isoNow(clock), abandonedAt })
    if (attempts === null) return false
    try {
      await work()
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).slice(0, 500)
      await endJob(db, id, {
        state: 'failed',
        finished_at: isoNow(clock),
        retry_at: inMs(RETRY_MS * attempts),
        error: message.replaceAll('\0', ''),
      })
      throw error
    }
    await endJob(db, id, { state: 'done', finished_at: isoNow(clock), retry_at: null, error: null })
    return true
  }

  async function turnOf(job: Job): Promise<void> {
    const due = await job.slotAt(clock.now())
    for (const slot of typeof due === 'string' ? [due] : (due ?? [])) await slotOf(job, slot)
  }

  async function slotOf(job: Job, slot: string): Promise<void> {
    const id = `${job.name}:${slot}`
    const once: Turn['once'] = (key, work, { isLeftWhereItStopped = false } = {}) =>
      attempt(`${id}:${key}`, work, isLeftWhereItStopped ? NEVER : undefined)
    if (await attempt(id, () => job.run({ slot, once }))) await deleteJobsBefore(db, inMs(-KEPT_MS))
  }

  async function tick(): Promise<void> {
    for (const job of jobs) {
      try {
        await turnOf(job)
      } catch (error) {
        log.error({ err: error, job: job.name }, 'a job failed and will be tried again')
      }
    }
  }

  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  const beat = () => {
    running ??= tick().finally(() => {
      running = null
    })
  }
  return {
    tick,
    start() {
      beat()
      timer = setInterval(beat, EVERY_MS)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
