/** The five moments of an incident and the one rule about them: none comes before the one it follows. */
export const MOMENTS = ['startedAt', 'detectedAt', 'acknowledgedAt', 'mitigatedAt', 'resolvedAt'] as const
export type Moment = (typeof MOMENTS)[number]

export const MOMENT_WORDS: Record<Moment, string> = {
  startedAt: 'Started',
  detectedAt: 'Detected',
  acknowledgedAt: 'Acknowledged',
  mitigatedAt: 'Mitigated',
  resolvedAt: 'Resolved',
}

/** ISO 8601 UTC with milliseconds, or null where the moment is not known. */
export type Moments = Record<Moment, string | null>

/** The column of an import, and of the table, that holds a moment. */
export const MOMENT_COLUMNS: Record<Moment, string> = {
  startedAt: 'started_at',
  detectedAt: 'detected_at',
  acknowledgedAt: 'acknowledged_at',
  mitigatedAt: 'mitigated_at',
  resolvedAt: 'resolved_at',
}

export interface Disorder {
  moment: Moment
  /** The moment that it should not precede. */
  after: Moment
}

/** The moments that come before one that they must follow. Unknown ones are skipped. */
export function disorderOf(moments: Moments): Disorder[] {
  const found: Disorder[] = []
  let latest: Moment | null = null
  for (const moment of MOMENTS) {
    const at = moments[moment]
    if (at === null) continue
    // Stored times all have the same form, so that text order is time order.
    if (latest !== null && at < moments[latest]!) found.push({ moment, after: latest })
    else latest = moment
  }
  return found
}

/**
 * Takes out what breaks the order, so that no duration is ever negative.
 * @param wording how each moment was written, for the flag; its ISO form where absent.
 * @returns the moments that stand, and a flag for each that does not.
 */
export function keepOrder(
  moments: Moments,
  wording: Partial<Record<Moment, string>> = {},
): { moments: Moments; flags: string[] } {
  const kept = { ...moments }
  const flags = disorderOf(moments).map(({ moment, after }) => {
    kept[moment] = null
    const said = wording[moment] ?? moments[moment]!
    return flagFor(
      MOMENT_COLUMNS[moment],
      `${said} is before ${MOMENT_COLUMNS[after]}, so this moment counts as unknown`,
    )
  })
  return { moments: kept, flags }
}

/** A sentence about what could not be taken as it was written. It begins with the column that it is about. */
export function flagFor(column: string, sentence: string): string {
  return `${column}: ${sentence}`
}

/** Said of an incident that is over at a time that nobody knows. */
export const OVER_FLAG = flagFor('resolved_at', 'it is over, and nobody knows since when')

/** Whether it goes on: nobody said when it was resolved, nor that this is not known. */
export function isOpen(incident: { resolvedAt: string | null; flags: readonly string[] }): boolean {
  return incident.resolvedAt === null && !spoiltMoments(incident.flags).includes('resolvedAt')
}

/** The column that a flag is about; empty when it names none. */
export function columnOfFlag(flag: string): string {
  return /^([a-z_]+): /.exec(flag)?.[1] ?? ''
}

/**
 * Moments of which something is known to have been written that could not be used. A null moment in this list is
 * unknown; a null moment outside it has not happened yet or was never recorded.
 */
export function spoiltMoments(flags: readonly string[]): Moment[] {
  const columns = new Set(flags.map(columnOfFlag))
  return MOMENTS.filter(moment => columns.has(MOMENT_COLUMNS[moment]))
}
