/** Is it safe to speak? Of releases and nothing else: what they hide is nowhere here either. Pure. */
import type { SurveyWave } from '#app/surveys/results/survey-figures.ts'
import { claim, comparedWith, sentence, shareInWords } from '../claims.ts'
import { percent, percentRange } from '../figure-words.ts'
import { headlineQuestions, labelOf } from '../headline.ts'
import type { Chapter, Claim, DivergingExhibit, Exhibit, MultiplesExhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'

const MISSING =
  'No survey has been published yet. Plan a wave of the incident culture questionnaire under Surveys: ten invited people are enough to begin, and answers stay anonymous.'

export function writeSafety(facts: ReportFacts): Chapter {
  const [wave] = facts.waves
  const figures = Object.keys(facts.figures).filter(id => id.startsWith('survey.'))
  const remark = 'What people dare not say cannot be learnt from. Every other chapter rests on this one.'
  if (!wave || figures.length === 0)
    return { id: 'safety', claims: [], remark, missing: MISSING, exhibits: [], figures }
  return { id: 'safety', claims: claimsOf(facts, wave), remark, missing: null, exhibits: exhibitsOf(facts), figures }
}

function claimsOf(facts: ReportFacts, wave: SurveyWave): Claim[] {
  const rate = facts.figures['survey.responseRate']
  const claims: Claim[] = []
  if (rate?.value != null)
    claims.push(
      claim(
        `${rate.count} of ${rate.n} invited people answered ${wave.title} (${percent(rate.value)}).`,
        'survey.responseRate',
      ),
    )
  for (const { id, text } of headlineQuestions(facts)) {
    const figure = `survey.${id}`
    const change = facts.changes[figure]!
    const { worstLow, worstHigh } = change.now
    claims.push(
      claim(
        sentence(`“${text}” ${shareInWords(change)} agree`, comparedWith(facts, figure, 'the wave before')),
        figure,
      ),
    )
    if (worstLow != null && worstHigh != null && worstHigh - worstLow > 0.005)
      claims.push(
        claim(
          `Whatever those who kept silent think, it is ${percentRange(worstLow, worstHigh)} of all invited.`,
          figure,
        ),
      )
  }
  return claims
}

function exhibitsOf(facts: ReportFacts): Exhibit[] {
  const [wave] = facts.waves as [SurveyWave]
  const exhibits: Exhibit[] = [answersOf(wave)]
  const groups = groupsOf(facts, wave)
  if (groups) exhibits.push(groups)
  const trend = trendOf(facts)
  if (trend) exhibits.push(trend)
  return exhibits.filter(exhibit => exhibit.kind !== 'diverging' || exhibit.rows.length > 0)
}

function answersOf({ release, questions, title }: SurveyWave): DivergingExhibit {
  const rows = questions.flatMap(({ id, text }) => {
    const cell = release.items.find(item => item.id === id)
    return cell && !cell.hidden ? rowOf(text, cell) : []
  })
  return {
    kind: 'diverging',
    id: 'answers',
    title: 'Every question',
    caption: `Of those who answered ${title}: unfavourable, neutral, favourable. Questions that would tell who said what are not shown.`,
    figure: null,
    unit: '%',
    rows: rows.sort((a, b) => a.favourable - b.favourable),
  }
}

/** The first headline question by group: only groups that the release shows, and only with all three numbers. */
function groupsOf(facts: ReportFacts, { release }: SurveyWave): DivergingExhibit | null {
  const [question] = headlineQuestions(facts)
  if (!question) return null
  const rows = release.groups.flatMap(group => {
    if (group.hidden || group.parent === null) return []
    const cell = group.items.find(item => item.id === question.id)
    return cell && !cell.hidden ? rowOf(group.label, cell) : []
  })
  if (rows.length < 2) return null
  return {
    kind: 'diverging',
    id: 'answers-by-group',
    title: `${labelOf(question.id)}, by group`,
    caption: `“${question.text}” Groups in which an answer could be traced are not shown. Differences this small between groups are often chance.`,
    figure: `survey.${question.id}`,
    unit: '%',
    rows,
  }
}

function rowOf(
  label: string,
  cell: { n?: number | null; favourable?: unknown; neutral?: unknown; unfavourable?: unknown },
): DivergingExhibit['rows'] {
  const { n, favourable, neutral, unfavourable } = cell
  if (!n || typeof favourable !== 'number' || typeof neutral !== 'number' || typeof unfavourable !== 'number') return []
  return [{ label, n, unfavourable: unfavourable / n, neutral: neutral / n, favourable: favourable / n }]
}

function trendOf(facts: ReportFacts): MultiplesExhibit | null {
  const waves = [...facts.waves].reverse()
  if (waves.length < 2) return null
  const series = headlineQuestions(facts).map(({ id }) => ({
    label: labelOf(id),
    values: waves.map(({ release }) => {
      const cell = release.items.find(item => item.id === id)
      return cell && !cell.hidden && cell.n && typeof cell.favourable === 'number'
        ? (100 * cell.favourable) / cell.n
        : null
    }),
  }))
  if (series.length === 0) return null
  return {
    kind: 'multiples',
    id: 'answers-over-waves',
    title: 'From wave to wave',
    caption: 'Favourable answers in per cent of those who answered.',
    figure: null,
    unit: '%',
    labels: waves.map(wave => wave.title),
    series,
  }
}
