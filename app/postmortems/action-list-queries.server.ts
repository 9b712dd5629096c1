/** Action items as lists show them: who may see which, filtered, in order, a page at a time. */
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

/** Who looks. */
export interface ActionViewer {
  personId: string
  seesDrafts: boolean
  seesEverything: boolean
}

export interface ActionQuery {
  states: readonly string[]
  /** People whose items are wanted; null for everybody's, an empty list for nobody's. */
  ownerIds: readonly string[] | null
  unowned: boolean
  kind: string | null
  /** Due on this day or later. */
  dueFrom: string | null
  /** Due before this day. */
  dueBefore: string | null
  undated: boolean
  /** Created before this day. */
  createdBefore: string | null
  incidentId: string | null
}

type Scope = Tables & { postmortems: Tables['postmortems'] }
type Builder = ExpressionBuilder<Scope, 'action_items' | 'postmortems'>

/** product.md's table for drafts and restricted texts; what is archived or is another organisation's is in no list. */
function seenBy(viewer: ActionViewer) {
  return ({ and, eb, exists, or, selectFrom, lit }: Builder) =>
    or([
      eb('action_items.postmortem_id', 'is', null),
      and([
        eb('postmortems.is_public', '=', 0),
        eb('postmortems.archived_at', 'is', null),
        or([
          lit(viewer.seesEverything),
          and([
            eb('postmortems.is_restricted', '=', 0),
            or([eb('postmortems.status', '=', 'published'), lit(viewer.seesDrafts)]),
          ]),
          exists(
            selectFrom('postmortem_authors')
              .select('postmortem_authors.postmortem_id')
              .whereRef('postmortem_authors.postmortem_id', '=', 'postmortems.id')
              .where('postmortem_authors.person_id', '=', viewer.personId),
          ),
          exists(
            selectFrom('postmortem_readers')
              .select('postmortem_readers.postmortem_id')
              .whereRef('postmortem_readers.postmortem_id', '=', 'postmortems.id')
              .where('postmortem_readers.person_id', '=', viewer.personId),
          ),
        ]),
      ]),
    ])
}

function joined(db: Db) {
  return db.selectFrom('action_items').leftJoin('postmortems', 'postmortems.id', 'action_items.postmortem_id')
}

function matching(query: ReturnType<typeof joined>, viewer: ActionViewer, wanted: ActionQuery) {
  return query
    .where('action_items.state', 'in', wanted.states)
    .where(seenBy(viewer) as never)
    .$if(wanted.ownerIds !== null, some => some.where('action_items.owner_id', 'in', wanted.ownerIds as string[]))
    .$if(wanted.unowned, some => some.where('action_items.owner_id', 'is', null))
    .$if(wanted.kind !== null, some => some.where('action_items.kind', '=', wanted.kind))
    .$if(wanted.dueFrom !== null, some => some.where('action_items.due_on', '>=', wanted.dueFrom))
    .$if(wanted.dueBefore !== null, some => some.where('action_items.due_on', '<', wanted.dueBefore))
    .$if(wanted.undated, some => some.where('action_items.due_on', 'is', null))
    .$if(wanted.createdBefore !== null, some => some.where('action_items.created_on', '<', wanted.createdBefore))
    .$if(wanted.incidentId !== null, some => some.where('action_items.incident_id', '=', wanted.incidentId))
}

const unfinished = sql<SqlBool>`action_items.state in ('open', 'in progress')`
const late = (today: string) => sql<SqlBool>`${unfinished} and action_items.due_on < ${today}`

const columns = [
  'action_items.id',
  'action_items.title',
  'action_items.kind',
  'action_items.owner_id as ownerId',
  'action_items.owner_text as ownerText',
  'action_items.created_on as createdOn',
  'action_items.due_on as dueOn',
  'action_items.state',
  'action_items.closed_on as closedOn',
  'action_items.drop_reason as reason',
  'action_items.external_id as externalId',
  'action_items.incident_id as incidentId',
  'action_items.postmortem_id as postmortemId',
  'action_items.updated_at as updatedAt',
  'postmortems.slug as postmortemSlug',
  'postmortems.title as postmortemTitle',
] as const

/** Overdue ones first, among them one's own; then by the day they are due. What is closed comes latest first. */
export async function pageOfActions(
  db: Db,
  viewer: ActionViewer,
  wanted: ActionQuery,
  { today, offset, limit }: { today: string; offset: number; limit: number },
) {
  const isClosed = wanted.states.every(state => state === 'done' || state === 'dropped')
  const ordered = isClosed
    ? matching(joined(db), viewer, wanted).orderBy(sql`coalesce(action_items.closed_on, '')`, 'desc')
    : matching(joined(db), viewer, wanted)
        .orderBy(sql`case when ${late(today)} then 0 when ${unfinished} then 1 else 2 end`)
        .orderBy(sql`case when action_items.owner_id = ${viewer.personId} then 0 else 1 end`)
        .orderBy(sql`case when ${unfinished} then coalesce(action_items.due_on, '9999-12-31') else '' end`)
        .orderBy(sql`coalesce(action_items.closed_on, '')`, 'desc')
  const [page, count] = await Promise.all([
    ordered.orderBy('action_items.id').offset(offset).limit(limit).select('action_items.id').execute(),
    matching(joined(db), viewer, wanted)
      .select(({ fn }) => [
        fn.countAll<number>().as('total'),
        sql<number>`coalesce(sum(case when ${late(today)} then 1 else 0 end), 0)`.as('overdue'),
      ])
      .executeTakeFirstOrThrow(),
  ])
  // What is sorted is as narrow as can be: whole rows of thousands of items would take longer than all else.
  const rows = new Map(
    (
      await actionsByIds(
        db,
        page.map(row => row.id),
      )
    ).map(row => [row.id, row]),
  )
  return {
    rows: page.flatMap(row => rows.get(row.id) ?? []),
    total: Number(count.total),
    overdue: Number(count.overdue),
  }
}

export type ListedActionRow = Awaited<ReturnType<typeof pageOfActions>>['rows'][number]

async function actionsByIds(db: Db, ids: readonly string[]) {
  return ids.length ? joined(db).where('action_items.id', 'in', ids).select(columns).execute() : []
}

/** One item with its postmortem's address, whoever may see it. */
export function actionById(db: Db, id: string) {
  return joined(db).where('action_items.id', '=', id).select(columns).executeTakeFirst()
}

export function actionsWithIds(db: Db, ids: readonly string[]) {
  return joined(db).where('action_items.id', 'in', ids).select(columns).execute()
}

/** People who have unfinished items. */
export async function ownersOfUnfinished(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('action_items')
    .where('state', 'in', ['open', 'in progress'])
    .where('owner_id', 'is not', null)
    .select('owner_id')
    .distinct()
    .execute()
  return rows.map(row => row.owner_id as string)
}

/** Items of these incidents that stand in no postmortem, and those of a postmortem, in their order. */
export function actionsOfPostmortem(db: Db, postmortemId: string, incidentId: string | null) {
  return db
    .selectFrom('action_items')
    .where(({ and, eb, or }) =>
      or([
        eb('postmortem_id', '=', postmortemId),
        ...(incidentId === null ? [] : [and([eb('postmortem_id', 'is', null), eb('incident_id', '=', incidentId)])]),
      ]),
    )
    .select(['id', 'title', 'kind', 'due_on as dueOn', 'state', 'closed_on as closedOn', 'drop_reason as reason'])
    .orderBy(sql`case when postmortem_id is null then 1 else 0 end`)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** Items of these incidents, also those that stand in their postmortems, as far as this person may see them. */
export async function actionsOfIncidents(db: Db, viewer: ActionViewer, incidentIds: readonly string[]) {
  if (incidentIds.length === 0) return []
  return joined(db)
    .where('action_items.incident_id', 'in', incidentIds)
    .where(seenBy(viewer) as never)
    .select(columns)
    .orderBy('action_items.position')
    .orderBy('action_items.id')
    .execute()
}

/** Unfinished items that have an owner who may see them, by owner and due day. */
export function unfinishedWithOwners(db: Db) {
  return joined(db)
    .where('action_items.state', 'in', ['open', 'in progress'])
    .where('action_items.owner_id', 'is not', null)
    .where(({ and, eb, exists, or, selectFrom }) =>
      or([
        eb('action_items.postmortem_id', 'is', null),
        and([
          eb('postmortems.is_public', '=', 0),
          eb('postmortems.archived_at', 'is', null),
          or([
            and([eb('postmortems.status', '=', 'published'), eb('postmortems.is_restricted', '=', 0)]),
            exists(
              selectFrom('postmortem_authors')
                .select('postmortem_authors.postmortem_id')
                .whereRef('postmortem_authors.postmortem_id', '=', 'postmortems.id')
                .whereRef('postmortem_authors.person_id', '=', 'action_items.owner_id'),
            ),
          ]),
        ]),
      ]),
    )
    .select(columns)
    .orderBy('action_items.owner_id')
    .orderBy(sql`coalesce(action_items.due_on, '9999-12-31')`)
    .orderBy('action_items.id')
    .execute()
}

/** Items of these people that were done in a span of days, with what they took where that was noted. */
export function doneBetween(db: Db, ownerIds: readonly string[], from: string, until: string) {
  if (ownerIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('action_items')
    .leftJoin('action_details', 'action_details.action_id', 'action_items.id')
    .where('action_items.state', '=', 'done')
    .where('action_items.closed_on', '>=', from)
    .where('action_items.closed_on', '<', until)
    .where('action_items.owner_id', 'in', ownerIds)
    .select(['action_items.id', 'action_details.effort_tenths as effortTenths'])
    .execute()
}
