/** What recurs? Themes of postmortems that everybody may read, and the investments they suggest. Pure. */
import type { RecurringTheme } from '#app/postmortems/recurring-themes.server.ts'
import { claim } from '../claims.ts'
import { shareChange } from '../figure-changes.ts'
import { capitalised, counted } from '../figure-words.ts'
import type { Chapter, Claim, Exhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'

const MISSING =
  'No postmortem of this time carries a theme. Give each one or two from the list: what three teams meet is a matter for the platform.'
const MOST_CLAIMED = 3
const MOST_SHOWN = 10
/** Of so many teams or postmortems on it is a pattern. */
const PATTERN = 2

export function writeRecurring(facts: ReportFacts): Chapter {
  const themes = facts.recurring.themes.filter(theme => theme.now > 0)
  const isEmpty = themes.length === 0
  return {
    id: 'recurring',
    claims: claimsOf(themes, facts),
    remark: 'What several teams meet is seldom a fault of any of them.',
    missing: isEmpty ? MISSING : null,
    exhibits: isEmpty ? [] : exhibitsOf(themes, facts),
    figures: [],
  }
}

function claimsOf(themes: readonly RecurringTheme[], { recurring }: ReportFacts): Claim[] {
  return themes
    .filter(({ now, teams }) => now >= PATTERN && teams >= PATTERN)
    .slice(0, MOST_CLAIMED)
    .map(theme => {
      const { name, now, teams, prevention } = theme
      const clearly =
        shareChange(...sharesOf(theme, recurring.n)) === 'clearly up' ? 'clearly more often than before, ' : ''
      const invested =
        prevention === 0
          ? 'and no open action item that would prevent it: an investment to consider'
          : `with ${counted(prevention, 'open action item', 'open action items')} to prevent it`
      return claim(`${name}: ${clearly}in ${counted(now, 'postmortem')}, ${counted(teams, 'team')}, ${invested}.`)
    })
}

function sharesOf(theme: RecurringTheme, n: { now: number; before: number }) {
  return [
    { value: null, count: theme.now, n: n.now },
    { value: null, count: theme.before, n: n.before },
  ] as const
}

function exhibitsOf(themes: readonly RecurringTheme[], { recurring }: ReportFacts): Exhibit[] {
  const shown = themes.slice(0, MOST_SHOWN)
  const changes = shown.map(theme => shareChange(...sharesOf(theme, recurring.n)))
  const [first, ...others] = new Set(changes)
  // A column that says the same in every row is a sentence.
  const same = first !== undefined && others.length === 0 ? first : null
  return [
    {
      kind: 'bars',
      id: 'themes',
      title: 'Themes',
      caption: `Postmortems of the period that carry each theme, of ${recurring.n.now}; one may carry several.`,
      figure: null,
      unit: 'postmortems',
      bars: shown.map(({ name, now, before }) => ({ label: name, value: now, note: `${before} before` })),
    },
    {
      kind: 'table',
      id: 'investments',
      title: 'What would make them rarer',
      caption: `Of ${counted(recurring.n.now, 'postmortem')} published in the period, and ${recurring.n.before} in the time before.${same ? ` The change of each: ${same}.` : ''}`,
      figure: null,
      unit: '',
      columns: [
        { label: 'Theme', isNumber: false },
        { label: 'Postmortems', isNumber: true },
        { label: 'Before', isNumber: true },
        { label: 'Teams', isNumber: true },
        { label: 'Open, to prevent it', isNumber: true },
        ...(same ? [] : [{ label: 'Change', isNumber: false }]),
      ],
      rows: shown.map((theme, index) => [
        theme.name,
        `${theme.now}`,
        `${theme.before}`,
        `${theme.teams}`,
        `${theme.prevention}`,
        ...(same ? [] : [capitalised(changes[index]!)]),
      ]),
    },
  ]
}
