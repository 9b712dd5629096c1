/** What needs this person now, most urgent first. */
import { forumsToLead, proposalsToConfirm } from '#app/forums/waiting.server.ts'
import { type Actor, can } from '#app/identity/actor.ts'
import { repeatsToReview } from '#app/incidents/family-view.server.ts'
import { handoffsFor, updatesDueFrom } from '#app/incidents/waiting.server.ts'
import { daysBetween } from '#app/measure/period.ts'
import { offeredTurns } from '#app/participation/offered-turns.server.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import { relative } from '#app/platform/durations.ts'
import { openActions, reviewsAskedOf, unpublishedFor } from '#app/postmortems/waiting.server.ts'
import { openSurveysFor, plansToOpen } from '#app/surveys/inviting/waiting.server.ts'
import type { Db } from '#db/index.server.ts'

export interface Need {
  when: string
  urgency: 'now' | 'soon' | 'later'
  title: string
  detail: string
  verb: string
  to: string
}

const MOST = 8
const MOST_REPEATS = 3
const MOST_SURVEYS = 2
const SOON_DAYS = 7

export async function needs({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<Need[]> {
  const now = clock.now()
  const today = dayIn(actor.timeZone, now)
  const [handoffs, updates, actions, texts, reviews, turns, surveys, plans, forums, proposals, repeats] =
    await Promise.all([
      handoffsFor(db, actor),
      updatesDueFrom({ db, clock, actor }),
      openActions(db, actor.personId),
      unpublishedFor(db, actor, now),
      reviewsAskedOf(db, actor.personId),
      offeredTurns(db, actor),
      openSurveysFor({ db, clock, actor }),
      plansToOpen({ db, clock, actor }),
      forumsToLead(db, actor),
      proposalsToConfirm(db, actor),
      can(actor, 'edit the library') ? repeatsToReview({ db, clock }) : [],
    ])
  // What goes on now comes before everything that has a day.
  const fromHandoffs = handoffs.map((handoff): Need & { order: number } => ({
    order: -2_000,
    when: 'now',
    urgency: 'now',
    title: handoff.title,
    detail: `${handoff.giver} offers you the role ${handoff.role}, ${relative(handoff.offeredAt, now)}`,
    verb: 'Answer',
    to: `/incidents/${encodeURIComponent(handoff.key)}/handoffs/${handoff.id}`,
  }))
  const fromUpdates = updates.map((update): Need & { order: number } => ({
    order: -1_000,
    when: update.isLate ? 'late' : 'due soon',
    urgency: update.isLate ? 'now' : 'soon',
    title: update.title,
    detail: `you tell the others; the next update is due ${relative(update.dueAt, now)}`,
    verb: 'Write',
    to: `/incidents/${encodeURIComponent(update.key)}#next-update`,
  }))
  const fromActions = actions.map((action): Need & { order: number } => {
    const days = action.dueOn ? daysBetween(today, action.dueOn) : null
    return {
      order: days ?? 10_000,
      when:
        days === null
          ? 'no date'
          : days < 0
            ? `${-days} day${days === -1 ? '' : 's'} late`
            : days === 0
              ? 'due today'
              : `in ${days} day${days === 1 ? '' : 's'}`,
      urgency: days === null ? 'later' : days < 0 ? 'now' : days <= SOON_DAYS ? 'soon' : 'later',
      title: action.title,
      detail: `your action${action.kind ? `, ${action.kind}` : ''}${action.postmortem ? `, from ${action.postmortem}` : ''}`,
      verb: 'Open',
      to: `/actions/${action.id}`,
    }
  })
  const asked = new Set(reviews.map(review => review.slug))
  const others = texts.filter(text => text.isAuthor || !asked.has(text.slug))
  const fromTexts = others.map((text): Need & { order: number } => ({
    order: text.hoursLeft === null ? 3 : text.hoursLeft / 24 - 1,
    when: text.hoursLeft === null ? text.status : text.hoursLeft >= 0 ? `${text.hoursLeft} h left` : 'past 48 h',
    urgency: text.hoursLeft === null ? 'later' : text.hoursLeft < 12 ? 'now' : 'soon',
    title: text.title,
    detail: `${text.status}, last changed ${relative(text.updatedAt, now)}`,
    verb: text.isAuthor ? 'Continue' : 'Read',
    to: `/library/${text.slug}`,
  }))
  const fromReviews = reviews.map((review): Need & { order: number } => ({
    order: 0,
    when: 'review',
    urgency: 'soon',
    title: review.title,
    detail: `waits for your review, asked by ${review.invitedBy} ${relative(review.invitedAt, now)}`,
    verb: 'Review',
    to: `/library/${review.slug}/review`,
  }))
  const fromTurns = turns.map((turn): Need & { order: number } => ({
    order: 1,
    when: 'offered',
    urgency: 'soon',
    title: `A shadow turn beside ${turn.by}`,
    detail: `you said that you would like to lead; offered ${relative(turn.at, now)}`,
    verb: 'Answer',
    to: '/participation#would-like-to-lead',
  }))
  const fromSurveys = surveys.slice(0, MOST_SURVEYS).map((survey): Need & { order: number } => ({
    order: daysBetween(today, dayIn(actor.timeZone, Date.parse(survey.closesAt))) / 2,
    when: 'survey',
    urgency: 'soon',
    title: survey.title,
    detail:
      survey.state === 'collecting'
        ? `an anonymous survey is open: collect your ballot; answering begins ${relative(survey.answeringFrom, now)}`
        : `an anonymous survey is open: collect your ballot, and answer until it closes ${relative(survey.closesAt, now)}`,
    verb: 'Take part',
    to: `/surveys/${survey.id}`,
  }))
  const fromForums = forums.map((forum): Need & { order: number } => {
    const days = daysBetween(today, dayIn(actor.timeZone, Date.parse(forum.startsAt)))
    const isReady = forum.state !== 'scheduled'
    return {
      order: days,
      when: forum.state === 'live' ? 'now' : days <= 0 ? 'today' : inDays(days),
      urgency: days <= 0 ? 'now' : days <= SOON_DAYS ? 'soon' : 'later',
      title: forum.title,
      detail: isReady ? 'you facilitate; the agenda is ready' : 'you facilitate; its agenda is yours to plan',
      verb: isReady ? 'Open' : 'Plan',
      to: isReady ? `/forums/${forum.id}` : `/forums/${forum.id}/agenda`,
    }
  })
  const fromProposals = proposals.map((one): Need & { order: number } => {
    const days = daysBetween(today, one.confirmBy)
    return {
      order: days,
      when: days < 0 ? `${-days} day${days === -1 ? '' : 's'} late` : days === 0 ? 'today' : inDays(days),
      urgency: days < 0 ? 'now' : 'soon',
      title: one.waiting === 1 ? 'One proposal to confirm' : `${one.waiting} proposals to confirm`,
      detail: `owner and date, from ${one.title}`,
      verb: 'Confirm',
      to: `/forums/${one.forumId}`,
    }
  })
  const fromPlans = plans.map((plan): Need & { order: number } => ({
    order: daysBetween(today, dayIn(actor.timeZone, Date.parse(plan.collectingFrom))),
    when: 'to open',
    urgency: 'soon',
    title: plan.title,
    detail: `a planned survey, not yet opened; collecting: ${relative(plan.collectingFrom, now)}`,
    verb: 'Look',
    to: `/surveys/${plan.id}/manage`,
  }))
  const fromRepeats = repeats.slice(0, MOST_REPEATS).map((repeat): Need & { order: number } => ({
    order: 0.5,
    when: 'senior review',
    urgency: 'soon',
    title: repeat.title,
    detail: `${repeat.family.name} is back, ${repeat.days === 1 ? 'a day' : `${repeat.days} days`} after the last time`,
    verb: 'Look',
    to: `/families/${repeat.family.slug}#${repeat.key}`,
  }))
  const firstOthers = [
    ...fromHandoffs,
    ...fromUpdates,
    ...fromTexts,
    ...fromReviews,
    ...fromTurns,
    ...fromForums,
    ...fromProposals,
    ...fromPlans,
    ...fromRepeats,
    ...fromActions,
  ]
    .sort((a, b) => a.order - b.order)
    .slice(0, MOST - fromSurveys.length)
  // However late other things are, they do not keep anybody from a survey, which is not there for long.
  return [...firstOthers, ...fromSurveys].sort((a, b) => a.order - b.order).map(({ order: _order, ...need }) => need)
}

function inDays(days: number): string {
  return `in ${days} day${days === 1 ? '' : 's'}`
}
