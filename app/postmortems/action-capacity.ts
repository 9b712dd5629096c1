/** What a team keeps free for action items, against what they took: pure. */
export interface Capacity {
  /** Per cent of engineers' time that is protected. */
  percent: number
  engineers: number
  /** Days that the protected share comes to. */
  protectedDays: number
  /** Days that finished items took, as far as anybody noted it. */
  takenDays: number
  finished: number
  /** Of those, how many say what they took. */
  noted: number
  /** The span in calendar days. */
  span: number
}

const WORKING_DAYS_A_WEEK = 5

/** Leave and holidays are not taken off: this is a size to compare with, not a timesheet. */
export function capacityOf({
  percent,
  engineers,
  span,
  efforts,
}: {
  percent: number
  engineers: number
  span: number
  /** Days that each finished item took; null where nobody noted it. */
  efforts: readonly (number | null)[]
}): Capacity {
  const noted = efforts.filter(effort => effort !== null)
  return {
    percent,
    engineers,
    protectedDays: Math.round(((span * WORKING_DAYS_A_WEEK) / 7) * engineers * (percent / 100)),
    takenDays: Math.round(noted.reduce((sum, days) => sum + days, 0) * 10) / 10,
    finished: efforts.length,
    noted: noted.length,
    span,
  }
}
