/** Does it come back? Families are named only where everybody may read of them. Pure. */
import { claim, comparedWith, sentence, shareInWords } from '../claims.ts'
import { counted, inWords, listed } from '../figure-words.ts'
import type { Chapter, Claim, Exhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runOf } from '../run-exhibits.ts'

const REPEATS = 'incidents.repeatShare'
const MISSING = 'No incident of this time is recorded, so nothing can have come back.'
const MOST_NAMED = 3
const MOST_DRAWN = 12

export function writeComingBack(facts: ReportFacts): Chapter {
  const isEmpty = !facts.figures[REPEATS]?.n
  return {
    id: 'coming-back',
    claims: isEmpty ? [] : claimsOf(facts),
    remark: 'A failure that comes back is a promise that was not kept, or was the wrong one.',
    missing: isEmpty ? MISSING : null,
    exhibits: isEmpty ? [] : exhibitsOf(facts),
    figures: [REPEATS].filter(id => facts.figures[id]),
  }
}

function claimsOf(facts: ReportFacts): Claim[] {
  const change = facts.changes[REPEATS]!
  if (change.now.count === 0)
    return [
      claim(
        `None of ${counted(change.now.n ?? 0, 'incident')} is known to be a failure come back within half a year.`,
        REPEATS,
      ),
    ]
  const claims = [
    claim(
      sentence(`A failure had come back within half a year in ${shareInWords(change)}`, comparedWith(facts, REPEATS)),
      REPEATS,
    ),
  ]
  const named = facts.familiesBack.slice(0, MOST_NAMED).map(({ name, times }) => `${name} ${timesInWords(times)}`)
  if (named.length > 0) claims.push(claim(`These came back: ${listed(named)}.`, REPEATS))
  return claims
}

export function timesInWords(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${inWords(times)} times`
}

function exhibitsOf(facts: ReportFacts): Exhibit[] {
  const exhibits: Exhibit[] = [
    runOf(
      {
        id: 'repeats',
        title: 'Failures that came back',
        caption: 'Incidents of a family resolved in the 183 days before, in per cent of the month’s incidents.',
        figure: REPEATS,
        unit: '%',
      },
      facts.months,
      figure => (figure.value === null ? null : 100 * figure.value),
    ),
  ]
  if (facts.familiesBack.length > 0)
    exhibits.push({
      kind: 'bars',
      id: 'families-back',
      title: 'Families that came back',
      caption: 'How often in the period. Families that not everybody may read about are left out.',
      figure: REPEATS,
      unit: 'times',
      bars: facts.familiesBack
        .slice(0, MOST_DRAWN)
        .map(({ name, times }) => ({ label: name, value: times, note: null })),
    })
  return exhibits
}
