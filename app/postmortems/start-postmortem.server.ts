import { type Actor, can } from '#app/identity/actor.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'
import { draftFromIncident } from './draft-from-incident.ts'
import { postmortemsOfIncident } from './incident-link-queries.server.ts'
import { maySee } from './read-postmortem.server.ts'
import { emptyRecord, LIMITS, type PostmortemRecord } from './record.ts'
import { lockRoom, saveRecords } from './save-records.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export interface Started {
  id: string
  slug: string
  /** False where the incident had one already. */
  isNew: boolean
}

/**
 * The postmortem of an incident: the one that is there, else a draft with what the incident's record knows.
 * @throws AppError not-found when there is no such incident; conflict when somebody else is writing it and this
 * person may not see it.
 */
export async function startFromIncident({ db, clock, actor }: Context, key: string): Promise<Started> {
  return inTransaction(db, async tx => {
    await lockRoom(tx)
    const incident = await incidentRecord(tx, key)
    if (!incident) throw notFound('This incident')
    const there = await postmortemsOfIncident(tx, incident.facts.id)
    for (const row of there) if (await maySee(tx, actor, row)) return { id: row.id, slug: row.slug, isNew: false }
    // What is restricted is not spoken of.
    if (there.some(row => row.is_restricted === 0))
      throw new AppError(
        'conflict',
        `Somebody is writing the postmortem of ${incident.facts.key} already. Its authors or an editor can name you as a reader.`,
      )
    return { ...(await saveDraft(tx, { clock, actor }, draftFromIncident(incident, actor.email))), isNew: true }
  })
}

/** An empty draft whose author is whoever begins it. @throws AppError invalid without a title. */
export async function startPostmortem({ db, clock, actor }: Context, title: string): Promise<Started> {
  const words = cleanText(title).text.trim()
  if (words === '') throw invalidField('title', 'A postmortem needs a title: what broke, in one line.')
  if (words.length > LIMITS.title) throw invalidField('title', `At most ${LIMITS.title} characters.`)
  const draft: PostmortemRecord = { ...emptyRecord(words), status: 'draft', authors: [actor.email] }
  return inTransaction(db, async tx => ({ ...(await saveDraft(tx, { clock, actor }, draft)), isNew: true }))
}

async function saveDraft(
  tx: Tx,
  context: { clock: Clock; actor: Actor },
  record: PostmortemRecord,
): Promise<{ id: string; slug: string }> {
  if (!can(context.actor, 'draft postmortems')) throw notFound()
  const [saved] = await saveRecords(tx, context, [{ record, note: 'Draft begun' }])
  const { id, slug } = saved as { id: string; slug: string }
  return { id, slug }
}
