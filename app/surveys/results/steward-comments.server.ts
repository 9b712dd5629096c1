/** What the stewards of a closed wave do with its comments: take names out, give themes, say that they are done. */
import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { findWave, type Wave } from '../get-wave.server.ts'
import { textIn } from '../questionnaires/questionnaire.ts'
import { waveLock } from '../wave-queries.server.ts'
import { publishComments, stewardsUntil } from './publish-comments.server.ts'
import { MOST_WORDS, redacted } from './redaction.ts'
import { publishableItems } from './release-comments.ts'
import { type CommentRow, changeComment, commentsOf } from './results-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export interface StewardView {
  wave: { id: string; title: string }
  until: string
  questions: { id: string; text: string; comments: CommentRow[] }[]
  themes: { slug: string; name: string }[]
  /** How many comments stand on questions with too few of them: nobody reads those. */
  unread: number
  redacted: number
}

/** Whether this person is a steward of the wave, and its comments still wait for them. */
export async function isStewardNow(context: Context, waveId: string): Promise<boolean> {
  return openToSteward(context, waveId).then(
    () => true,
    error => {
      if (error instanceof AppError) return false
      throw error
    },
  )
}

/**
 * The comments that will be published, for a steward of the wave.
 * @throws AppError not-found for everybody else, administrators included, and once the comments are published.
 */
export async function stewardView(context: Context, waveId: string): Promise<StewardView> {
  const wave = await openToSteward(context, waveId)
  const [comments, themes] = await Promise.all([commentsOf(context.db, waveId), listThemes(context.db)])
  const questions = publishableItems(wave.release, wave.questionnaire, comments).map(item => ({
    id: item.id,
    text: textIn(item.text, 'en'),
    comments: comments.filter(comment => comment.item === item.id),
  }))
  const read = questions.flatMap(question => question.comments)
  return {
    wave: { id: wave.id, title: wave.title },
    until: new Date(stewardsUntil(wave.closedAt)).toISOString(),
    questions,
    themes: themes.map(({ slug, name }) => ({ slug, name })),
    unread: comments.length - read.length,
    redacted: read.filter(comment => comment.isRedacted).length,
  }
}

/**
 * What a comment would read like with these words replaced.
 * @throws AppError not-found; invalid for words that are not in it, or more than a name.
 */
export async function previewRedaction(
  context: Context,
  waveId: string,
  { comment, words }: { comment: string; words: string },
): Promise<string> {
  const { questions } = await stewardView(context, waveId)
  const found = questions.flatMap(question => question.comments).find(one => one.id === comment)
  if (!found) throw notFound('This comment')
  const text = redacted(found.text, words)
  if (text === null)
    throw invalidField(
      `words-${comment}`,
      `Write a name as it stands in the comment, at most ${MOST_WORDS} words and not all of it.`,
    )
  return text
}

/** Replaces these words for good. @throws AppError as previewRedaction does. */
export async function redactComment(
  context: Context,
  waveId: string,
  input: { comment: string; words: string },
): Promise<void> {
  await whileOpen(context, waveId, async within => {
    const text = await previewRedaction(within, waveId, input)
    await changeComment(within.db, waveId, input.comment, { text, is_redacted: 1 })
  })
}

/** Gives a comment these themes and no others. @throws AppError not-found; invalid for a theme that is not in the list. */
export async function tagComment(
  context: Context,
  waveId: string,
  { comment, themes }: { comment: string; themes: readonly string[] },
): Promise<void> {
  await whileOpen(context, waveId, async within => {
    const view = await stewardView(within, waveId)
    if (!view.questions.some(question => question.comments.some(one => one.id === comment)))
      throw notFound('This comment')
    if (themes.some(slug => !view.themes.some(theme => theme.slug === slug)))
      throw invalidField(`themes-${comment}`, 'Choose from the list of themes.')
    await changeComment(within.db, waveId, comment, { themes: JSON.stringify([...new Set(themes)].sort()) })
  })
}

/** The steward has read all comments: they are published as they stand. @throws AppError not-found. */
export async function finishStewarding(context: Context, waveId: string): Promise<void> {
  await openToSteward(context, waveId)
  await publishComments(context, waveId)
}

/** Not while the comments are being published. */
async function whileOpen(context: Context, waveId: string, act: (within: Context) => Promise<void>): Promise<void> {
  await inTransaction(context.db, async tx => {
    await lockFor(tx, waveLock(waveId))
    await act({ ...context, db: tx })
  })
}

type Closed = Wave & {
  closedAt: string
  release: NonNullable<Wave['release']>
  questionnaire: NonNullable<Wave['questionnaire']>
}

async function openToSteward({ db, clock, actor }: Context, waveId: string): Promise<Closed> {
  const wave = await findWave(db, waveId, clock)
  const isClosed = wave?.kept === 'closed' || wave?.kept === 'published'
  const { closedAt, release, questionnaire } = wave ?? {}
  const isSteward = wave?.plan.stewardIds.includes(actor.personId) ?? false
  if (!wave || !isClosed || !isSteward || !closedAt || !release || !questionnaire || wave.commentsAt !== null)
    throw notFound()
  return { ...wave, closedAt, release, questionnaire }
}
