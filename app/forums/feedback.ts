/** What those who came to a forum are asked after it, when, and why sometimes not. Pure. */
import type { DaysOff } from '#app/identity/days-off.ts'
import type { Day } from '#app/measure/period.ts'
import { momentOfWall } from '#app/platform/wall-time.ts'
import type { WaveDates } from '#app/surveys/wave.ts'
import { workingDaysAfter } from './working-days.ts'

/** The instrument in `content/`. */
export const QUESTIONS = { id: 'after-a-forum', version: 1 } as const

/** Ballots from the next working day, answers from two working days later, for five working days. */
export function feedbackDates(today: Day, timeZone: string, daysOff: DaysOff): WaveDates {
  const collecting = workingDaysAfter(today, 1, daysOff)
  const answering = workingDaysAfter(collecting, 2, daysOff)
  const at = (day: Day, clock: string) => new Date(momentOfWall(timeZone, `${day}T${clock}`)!).toISOString()
  return {
    collectingFrom: at(collecting, '08:00'),
    answeringFrom: at(answering, '09:00'),
    closesAt: at(workingDaysAfter(answering, 5, daysOff), '17:00'),
  }
}

/** Why those who came are not asked, as a sentence for everybody; null where they are enough. */
export function tooFew(attended: number, least: number): string | null {
  if (attended >= least) return null
  const came =
    attended === 0 ? 'Nobody attended' : attended === 1 ? 'One person attended' : `${attended} people attended`
  return `${came}; fewer than ${least} are not asked, since among so few nobody stays anonymous.`
}

/** The same for what the survey room refused. @param causes what each refusal is about, as the room names it. */
export function whyRefused(causes: readonly string[]): string {
  if (causes.includes('collectingFrom'))
    return 'Some of those who attended were asked about another forum less than four weeks before. Asking some of the same people again so soon could tell of single people, so nobody is asked this time.'
  if (causes.includes('teams'))
    return 'Too few of those who attended are still here to be asked, since among so few nobody stays anonymous.'
  return 'This server is not set up to keep answers anonymous at the moment, so nobody is asked. An administrator sees why when opening a wave.'
}
