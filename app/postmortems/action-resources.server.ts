/** Action items as the API shows them. */
import type { ActionItemResource } from './action-api.ts'
import type { ActionItem } from './find-action-item.server.ts'

/** @param origin what the address begins with. */
export function resourceOfAction(item: Omit<ActionItem, 'mayChange'>, origin: string): ActionItemResource {
  const { facts } = item
  return {
    id: item.id,
    url: `${origin}/actions/${item.id}`,
    externalId: item.externalId,
    title: facts.title,
    kind: facts.kind,
    state: facts.state,
    owner: facts.owner,
    createdOn: item.createdOn,
    dueOn: facts.dueOn,
    closedOn: facts.closedOn,
    dropReason: facts.reason,
    effortDays: facts.effortDays,
    tracker: facts.trackerUrl ? { url: facts.trackerUrl, state: facts.trackerState, seenOn: item.trackerSeenOn } : null,
    incident: item.incident?.key ?? null,
    postmortem: item.postmortem?.slug ?? null,
    updatedAt: item.updatedAt,
  }
}
