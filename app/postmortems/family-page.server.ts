/** A family as a reader sees it: its incidents in order of time, what was promised each time and what became of it. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { type FamilyChangeView, listFamilies, type MemberView, readFamily } from '#app/incidents/family-view.server.ts'
import { familyBySlug } from '#app/incidents/incidents.server.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { actionsOfIncidents } from './action-list-queries.server.ts'
import { describeActions } from './find-action-item.server.ts'
import { openSlugsOfIncidents } from './incident-link-queries.server.ts'
import { groupBy } from './record-of.server.ts'

/** A fixed number of queries, however many members. @throws AppError not-found when there is no such family. */
export async function familyPage({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }, slug: string) {
  demand(actor, 'read')
  const family = isStorable(slug) ? await familyBySlug(db, slug) : null
  if (!family) throw notFound('This family')
  const mayJudge = can(actor, 'edit the library')
  const { members, changes } = await readFamily(db, family)
  const ids = members.map(member => member.id)
  const viewer = {
    personId: actor.personId,
    seesDrafts: can(actor, 'see every draft'),
    seesEverything: can(actor, 'administer'),
  }
  const [slugs, rows, families] = await Promise.all([
    openSlugsOfIncidents(db, ids),
    actionsOfIncidents(db, viewer, ids),
    mayJudge || members.length === 0 ? listFamilies(db) : [],
  ])
  const promised = groupBy(await describeActions(db, rows), item => item.incidentId ?? '')
  return {
    family: { slug: family.slug, name: family.name },
    today: dayIn(actor.timeZone, clock.now()),
    members: members.map((member, index) => ({
      ...memberOf(member, index),
      postmortem: slugs.get(member.id) ?? null,
      actions: (promised.get(member.id) ?? []).map(({ id, facts, ownerName }) => ({
        id,
        title: facts.title,
        state: facts.state,
        dueOn: facts.dueOn,
        closedOn: facts.closedOn,
        reason: facts.reason,
        owner: ownerName,
      })),
    })),
    others: mayJudge
      ? families.filter(one => one.slug !== family.slug).map(({ slug, name, members }) => ({ slug, name, members }))
      : [],
    changes: mayJudge ? changes.map(change => changeOf(change)) : [],
    movedTo: members.length === 0 ? whereTo(changes, families) : null,
    mayJudge,
  }
}

function memberOf({ key, title, startedAt, resolvedAt, repeat, review }: MemberView, index: number) {
  return {
    key,
    title,
    startedAt,
    resolvedAt,
    time: index + 1,
    repeat: repeat ? { key: repeat.of.key, days: repeat.days } : null,
    review,
  }
}

function changeOf({ id, kind, at, by, moved, isUndone }: FamilyChangeView) {
  return { id, kind, at, by, incidents: moved.length, isUndone }
}

/** Where the last ones went, for an address that outlived its family. */
function whereTo(changes: FamilyChangeView[], families: { id: string; slug: string; name: string }[]) {
  const last = changes.find(change => change.kind === 'merged' && !change.isUndone)
  const target = families.find(one => one.id === last?.moved[0]?.to)
  return target ? { slug: target.slug, name: target.name } : null
}
