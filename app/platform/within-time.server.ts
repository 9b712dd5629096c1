import { Script } from 'node:vm'

const call = new Script('globalThis[Symbol.for("candor.work")]()')
const WORK = Symbol.for('candor.work')

/**
 * Runs synchronous work that must not take long, such as a parser's on somebody's text, and stops it when it does.
 * @returns null when it was stopped, or threw: whatever it had begun is to be thrown away.
 */
export function withinTime<T>(milliseconds: number, work: () => T): T | null {
  const place = globalThis as { [WORK]?: () => T }
  const before = place[WORK]
  place[WORK] = work
  try {
    return call.runInThisContext({ timeout: Math.max(1, Math.ceil(milliseconds)) }) as T
  } catch {
    return null
  } finally {
    place[WORK] = before
  }
}
