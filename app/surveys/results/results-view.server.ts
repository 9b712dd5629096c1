/** What the page of a closed or published wave shows, in a number of queries that does not grow with its answers. */
import { type Actor, can } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { actionsByIds, findActionItem } from '#app/postmortems/find-action-item.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import type { Range, Release } from '../disclosure/release.ts'
import type { Wave } from '../get-wave.server.ts'
import { collectedBy } from '../inviting/collect-ballot.server.ts'
import { itemsOf, type Questionnaire, textIn } from '../questionnaires/questionnaire.ts'
import { PLACEHOLDER_DAYS } from '../wave.ts'
import { stewardsUntil } from './publish-comments.server.ts'
import { groupShare, percent, resultsOf } from './results.ts'
import { commentsOf, commitmentsOf, wavesBefore } from './results-queries.server.ts'

const DAY_MS = 86_400_000

/** So many comments of a question stand on one page. */
const COMMENTS_ON_PAGE = 40
/** So many waves are drawn beside each other. */
const TREND_WAVES = 8

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** A wave whose results this person may see. */
export type SeenWave = Wave & { release: Release; questionnaire: Questionnaire }

/**
 * Its release: of a closed wave for administrators, of a published one for every member.
 * @throws AppError not-found for everybody else, and while there is none.
 */
export function releaseFor(wave: Wave, actor: Actor): SeenWave {
  const { release, questionnaire } = wave
  if (!mayReadRelease(wave, actor) || !release || !questionnaire) throw notFound()
  return { ...wave, release, questionnaire }
}

export function mayReadRelease({ kept }: Pick<Wave, 'kept'>, actor: Actor): boolean {
  return kept === 'published' || (kept === 'closed' && can(actor, 'administer'))
}

export type ResultsView = Awaited<ReturnType<typeof resultsView>>

/**
 * @param turned the question whose comments are not at their first page, and the page, from 1 on.
 * @throws AppError not-found for who may not see the results.
 */
export async function resultsView(context: Context, found: Wave, turned: { item: string; page: number } | null = null) {
  const { db, actor } = context
  const wave = releaseFor(found, actor)
  const { release, questionnaire } = wave
  const [earlier, comments, themes, commitments, own] = await Promise.all([
    earlierReleases(context, wave),
    commentsOf(db, wave.id),
    listThemes(db),
    commitmentsFor(context, wave),
    ownBallot(context, wave),
  ])
  const before = earlier[0] ?? null
  const themeNames = new Map(themes.map(({ slug, name }) => [slug, name]))
  const themesOf = new Map(comments.map(comment => [`${comment.item}\n${comment.text}`, comment.themes]))
  return {
    id: wave.id,
    title: wave.title,
    isPublished: wave.kept === 'published',
    closedAt: wave.closedAt ?? wave.closesAt,
    survey: textIn(questionnaire.title, 'en'),
    target: questionnaire.target,
    k: release.k,
    invited: release.invited,
    collected: release.collected,
    cast: release.cast,
    trust: trustIn(release),
    ...resultsOf(release, questionnaire, before?.release ?? null),
    before: before && { id: before.id, title: before.title },
    alpha: release.alpha,
    agreement: release.agreement,
    heat: heatMap(release, questionnaire),
    comments: release.comments.map(({ item, texts }) => {
      const page = turned?.item === item ? turned.page : 1
      return {
        item,
        text: questionText(questionnaire, item),
        page,
        pages: Math.ceil(texts.length / COMMENTS_ON_PAGE),
        total: texts.length,
        comments: texts.slice((page - 1) * COMMENTS_ON_PAGE, page * COMMENTS_ON_PAGE).map(text => ({
          text,
          themes: (themesOf.get(`${item}\n${text}`) ?? []).map(slug => ({ slug, name: themeNames.get(slug) ?? slug })),
        })),
      }
    }),
    redacted: release.redacted,
    commentsFrom:
      wave.commentsAt === null ? new Date(stewardsUntil(wave.closedAt ?? wave.closesAt)).toISOString() : null,
    isSteward: wave.plan.stewardIds.includes(actor.personId) && wave.commentsAt === null,
    commitments,
    questionsToAnswer: itemsOf(questionnaire).map(({ id, text }) => ({ id, text: textIn(text, 'en') })),
    trend: trendOf([...earlier].reverse(), wave),
    own,
    mayAdminister: can(actor, 'administer'),
  }
}

/** Whether there is anything to show, and why not. */
function trustIn(release: Release): 'shown' | 'too few' | 'too many' {
  if (release.cast > release.invited) return 'too many'
  return release.items.every(item => item.hidden) ? 'too few' : 'shown'
}

/** Whether a ballot was collected in this person's name; null once that is a number only, and for who was not invited. */
async function ownBallot({ db, clock, actor }: Context, wave: SeenWave): Promise<'collected' | 'not-collected' | null> {
  const until = Date.parse(wave.closedAt ?? wave.closesAt) + PLACEHOLDER_DAYS * DAY_MS
  if (!actor.personId || clock.now() >= until) return null
  const own = await collectedBy(db, wave.id, actor.personId)
  return own === 'not-invited' ? null : own
}

interface Earlier {
  id: string
  title: string
  closesAt: string
  release: Release
}

/** Waves of the same survey before this one that this person may see, the last first. */
async function earlierReleases({ db, actor }: Context, wave: SeenWave): Promise<Earlier[]> {
  const states = can(actor, 'administer') ? ['closed', 'published'] : ['published']
  const rows = await wavesBefore(db, wave, states, 3 * TREND_WAVES)
  return rows
    .flatMap(row => {
      const questionnaire: Questionnaire | null = row.questionnaire && JSON.parse(row.questionnaire)
      const release: Release | null = row.release && JSON.parse(row.release)
      if (!release || questionnaire?.id !== wave.questionnaire.id) return []
      return [{ id: row.id, title: row.title, closesAt: row.closes_at, release }]
    })
    .slice(0, TREND_WAVES - 1)
}

/** Groups beside each other, each cell in words; null where no groups were asked for. */
function heatMap(release: Release, questionnaire: Questionnaire) {
  if (release.groups.length < 2) return null
  const questions = itemsOf(questionnaire).flatMap((item, index) =>
    item.kind === 'scale' ? [{ id: item.id, number: index + 1, text: textIn(item.text, 'en') }] : [],
  )
  const depthOf = (id: string | null): number =>
    id === null ? -1 : 1 + depthOf(release.groups.find(group => group.id === id)?.parent ?? null)
  const groups = release.groups.map(group => ({
    id: group.id,
    label: group.label,
    depth: depthOf(group.id),
    n: group.hidden ? null : group.n,
    cells: questions.map(question => {
      const cell = group.hidden ? undefined : group.items.find(item => item.id === question.id)
      return cell ? groupShare(cell) : null
    }),
  }))
  return { questions, groups }
}

export interface TrendLine {
  id: string
  text: string
  points: { share: number; words: string; n: number; interval: Range | null }[]
}

/** Headline questions over the waves of the survey, oldest first; only those that every one of them shows. */
function trendOf(earlier: readonly Earlier[], wave: SeenWave) {
  const waves = [...earlier, wave]
  const lines: TrendLine[] = itemsOf(wave.questionnaire)
    .filter(item => item.kind === 'scale' && item.headline)
    .flatMap(item => {
      const points = waves.flatMap(({ release }) => {
        const shown = release.items.find(one => one.id === item.id)
        if (!shown || typeof shown.favourable !== 'number' || shown.n === null) return []
        const share = shown.favourable / shown.n
        return [{ share, words: percent(share), n: shown.n, interval: shown.interval }]
      })
      return points.length === waves.length ? [{ id: item.id, text: textIn(item.text, 'en'), points }] : []
    })
  return { waves: waves.map(({ id, title, closesAt }) => ({ id, title, closesAt })), lines }
}

function questionText(questionnaire: Questionnaire, id: string): string {
  const item = itemsOf(questionnaire).find(one => one.id === id)
  return item ? textIn(item.text, 'en') : id
}

/** What will be done, with the action items that this person may see. */
async function commitmentsFor(context: Context, wave: SeenWave) {
  const rows = await commitmentsOf(context.db, wave.id)
  const items = await actionsByIds(
    context.db,
    rows.flatMap(row => row.action_item_id ?? []),
  )
  return Promise.all(
    rows.map(async row => {
      const item = row.action_item_id === null ? undefined : items.get(row.action_item_id)
      const action = item && (item.postmortemId === null || (await maySee(context, item.id))) ? item : null
      return {
        id: row.id,
        text: row.text,
        item: row.item,
        question: row.item === null ? null : questionText(wave.questionnaire, row.item),
        action: action && {
          id: action.id,
          title: action.facts.title,
          state: action.facts.state,
          owner: action.ownerName,
          dueOn: action.facts.dueOn,
        },
      }
    }),
  )
}

/** Most action items hang on no draft and no restricted postmortem; only the others are asked about one by one. */
async function maySee(context: Context, id: string): Promise<boolean> {
  return findActionItem(context, id).then(
    () => true,
    error => {
      if (error instanceof AppError) return false
      throw error
    },
  )
}
