/** One incident as its page shows it. */
import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { renderingTime, renderMarkdown } from '#app/platform/markdown.server.ts'
import { slotContent } from '#app/platform/slots.ts'
import { clockInWords } from '#app/platform/wall-time.ts'
import type { Db } from '#db/index.server.ts'
import { nextUpdate, updateTemplate } from './cadence.ts'
import { type IncidentRecord, incidentRecord, type RoleTurn } from './incident-record.server.ts'
import './incident-slots.ts'
import { isOpen, spoiltMoments } from './moments.ts'
import { readSeverities } from './severities.server.ts'
import { stepsOf, timelineOf } from './timeline.ts'
import { INCIDENT_ROLES } from './vocabulary.ts'

/** An incident of which nothing was heard for so long is hardly going on still. */
const SILENCE_MS = 7 * 86_400_000

/** @throws AppError not-found. */
export async function presentIncident({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }, key: string) {
  const record = await incidentRecord(db, key)
  if (!record) throw notFound('This incident')
  const { facts } = record
  const now = clock.now()
  const time = renderingTime()
  const severities = readSeverities()
  const spoilt = spoiltMoments(facts.flags)
  const isGoingOn = isOpen(facts)
  const lastUpdateAt = record.updates.at(-1)?.at ?? null
  const isSilent = isGoingOn && now - Date.parse(lastSign(record)) > SILENCE_MS
  const since = facts.detectedAt ?? facts.startedAt ?? facts.createdAt
  const due =
    isGoingOn && !isSilent ? nextUpdate({ severity: facts.severity, since, lastUpdateAt }, severities, now) : null
  const nextAt = due ? clockInWords(actor.timeZone, now + due.everyMinutes * 60_000) : null
  const postmortems = await slotContent('incidents.postmortems')?.({ db, actor }, [facts.id])
  const definition = severities.find(one => one.code === facts.severity)
  return {
    key: facts.key,
    title: facts.title,
    severity: facts.severity,
    severityMeaning: definition
      ? { name: definition.name, definition: definition.definition, response: definition.response }
      : null,
    severityHistory: record.severityHistory,
    summaryHtml: facts.summary ? renderMarkdown(facts.summary, 'summary', time).html : '',
    steps: stepsOf(facts).map(step => ({
      ...step,
      state: step.at !== null ? 'known' : isGoingOn && !spoilt.includes(step.moment) ? 'not yet' : 'unknown',
    })),
    isOpen: isGoingOn,
    isSilent,
    services: facts.services.map(({ slug, name }) => ({ slug, name })),
    customerImpact: facts.customerImpact,
    impactNote: facts.impactNote,
    detectedBy: facts.detectedBy,
    family: facts.family,
    externalId: facts.externalId,
    sourceUrl: facts.sourceUrl,
    flags: facts.flags,
    cadence: due,
    template: updateTemplate(facts, { now, everyMinutes: due?.everyMinutes ?? null, nextAt }),
    timeline: timelineOf(record).map(entry =>
      entry.kind === 'update' ? { ...entry, html: renderMarkdown(entry.text, `update-${entry.id}`, time).html } : entry,
    ),
    roles: INCIDENT_ROLES.map(role => ({ role, holders: holdersOf(record, role, isGoingOn) })),
    myTurns: record.roles
      .filter(turn => turn.person.id === actor.personId && turn.until === null)
      .map(({ id, role }) => ({ id, role })),
    handoffs: record.handoffs.map(({ id, role, giver, receiver, offeredAt, answer }) => ({
      id,
      role,
      giver: giver.name,
      receiver: receiver.name,
      offeredAt,
      answer,
      waitsForMe: answer === null && receiver.id === actor.personId,
    })),
    postmortems: postmortems?.get(facts.id) ?? [],
    forums: (await slotContent('incidents.forums')?.({ db, actor }, facts.id)) ?? [],
    suggestForForum: slotContent('incidents.suggest-for-forum')?.(facts.key) ?? null,
    seenBefore:
      (await slotContent('incidents.seen-before')?.(
        { db, actor },
        {
          id: facts.id,
          key: facts.key,
          title: facts.title,
          summary: facts.summary ?? '',
          services: facts.services.map(service => service.slug),
        },
      )) ?? [],
    beginPostmortem: slotContent('incidents.begin-postmortem')?.(facts.key) ?? null,
  }
}

/** Those who hold the role now; of an incident that is over, all who held it. */
function holdersOf(record: IncidentRecord, role: string, isGoingOn: boolean) {
  return record.roles.filter(turn => turn.role === role && (!isGoingOn || turn.until === null)).map(turnShown)
}

function turnShown({ id, person, from, until, takenOver }: RoleTurn) {
  return { id, name: person.name, from, until, takenOver }
}

/** When something was last heard of it. */
function lastSign({ facts, updates, severityHistory, roles, handoffs }: IncidentRecord): string {
  const times = [
    facts.mitigatedAt ?? facts.detectedAt ?? facts.startedAt ?? facts.createdAt,
    ...updates.map(one => one.at),
    ...severityHistory.map(one => one.at),
    ...roles.flatMap(one => one.from ?? []),
    ...handoffs.map(one => one.answeredAt ?? one.offeredAt),
  ]
  return times.sort().at(-1) as string
}
