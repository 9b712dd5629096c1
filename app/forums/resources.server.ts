/** Forums as the API gives and takes them. */
import { type Actor, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import type { ForumResource, ForumSummary } from './api.ts'
import { addItem, orderItems, removeItem } from './change-agenda.server.ts'
import { changeForum } from './change-forum.server.ts'
import { createForum } from './create-forum.server.ts'
import type { ForumLine } from './list-forums.server.ts'
import { type NamedPerson, viewForum } from './view-forum.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export function summaryOf(line: ForumLine): ForumSummary {
  const { seriesId: _, items, ...rest } = line
  return { ...rest, state: line.state as ForumSummary['state'], itemCount: items }
}

/** @throws AppError not-found. */
export async function forumResourceOf(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  id: string,
): Promise<ForumResource> {
  const view = await viewForum({ db, actor }, id)
  return {
    id: view.id,
    title: view.title,
    state: view.state as ForumResource['state'],
    startsAt: view.startsAt,
    timeZone: view.timeZone,
    minutes: view.minutes,
    place: view.place,
    callUrl: view.callUrl,
    facilitator: named(view.facilitator),
    cofacilitator: named(view.cofacilitator),
    noteTaker: named(view.noteTaker),
    series: view.series,
    openingMinutes: view.frame.opening,
    patternsMinutes: view.frame.patterns,
    bufferMinutes: view.frame.buffer,
    itemCount: view.items.filter(item => view.state !== 'closed' || item.state === 'discussed').length,
    closedAt: view.closedAt,
    cancelledReason: view.cancelledReason,
    items: view.items.map(item => ({
      id: item.id,
      title: item.title,
      incident: item.incident?.key ?? null,
      postmortem: item.postmortem?.slug ?? null,
      presenter: named(item.presenter),
      contextMinutes: item.phases.context,
      discussionMinutes: item.phases.discussion,
      captureMinutes: item.phases.capture,
      state: item.state as ForumResource['items'][number]['state'],
      spentSeconds: item.spentSeconds,
    })),
  }
}

/** @throws AppError as createForum and addItem do. */
export function createForumOf(
  { db, clock, actor }: Context,
  { items, ...forum }: { items?: string[] } & Record<string, unknown>,
): Promise<ForumResource> {
  demand(actor, 'run forums')
  return inTransaction(db, async tx => {
    const context = { db: tx, clock, actor }
    const id = await createForum(context, forum)
    await setAgenda(context, id, items ?? [])
    return forumResourceOf(context, id)
  })
}

/** @throws AppError as changeForum and addItem do. */
export function changeForumOf(
  { db, clock, actor }: Context,
  { id, change: { items, ...change } }: { id: string; change: { items?: string[] } & Record<string, unknown> },
): Promise<ForumResource> {
  demand(actor, 'run forums')
  return inTransaction(db, async tx => {
    const context = { db: tx, clock, actor }
    if (items) await setAgenda(context, id, items)
    await changeForum(context, { id, change })
    return forumResourceOf(context, id)
  })
}

/** Makes the agenda these and no others, in this order; what was planned for those that stay is kept. */
async function setAgenda(context: Context & { db: Db }, forumId: string, subjects: string[]): Promise<void> {
  const view = await viewForum(context, forumId)
  const order: string[] = []
  for (const subject of subjects) {
    const known = view.items.find(item => item.incident?.key === subject || item.postmortem?.slug === subject)
    order.push(known?.id ?? (await addNamed(context, forumId, subject, `items.${order.length}`)))
  }
  for (const item of await itemsOf(context.db, [forumId]))
    if (!order.includes(item.id)) await removeItem(context, { forumId, itemId: item.id })
  if (order.length > 0) await orderItems(context, { forumId, itemIds: order })
}

/** A refusal names the place in the list. */
async function addNamed(context: Context, forumId: string, subject: string, path: string): Promise<string> {
  try {
    return await addItem(context, { forumId, subject })
  } catch (error) {
    if (!(error instanceof AppError) || error.refusal !== 'invalid') throw error
    const errors = error.errors.map(one => ({ ...one, path }))
    throw new AppError('invalid', error.message, errors)
  }
}

function named(person: NamedPerson | null): { name: string; email: string } | null {
  return person ? { name: person.name, email: person.email } : null
}
