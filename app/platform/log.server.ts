import pino from 'pino'

export type Log = pino.Logger

/** One JSON line per event on stdout. Secrets and addresses that carry them are never passed in. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
