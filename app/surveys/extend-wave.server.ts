import { demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { inTransaction, lockFor } from '#db/index.server.ts'
import { type Wave, waveFrom } from './get-wave.server.ts'
import { invitedRows } from './inviting/ballot-queries.server.ts'
import { waveTooNear } from './planning/near-waves.server.ts'
import type { WaveContext } from './wave-context.ts'
import { changeWave, waveLock, waveRow } from './wave-queries.server.ts'

/**
 * Puts the closing of an open wave off, once: the one change that a charter knows.
 * @param closesAt ISO 8601 UTC.
 * @throws AppError not-found; conflict when it is closed, or was extended before; invalid for a time that is not later,
 * or too near to another wave.
 */
export async function extendWave({ db, clock, actor }: WaveContext, id: string, closesAt: string): Promise<Wave> {
  demand(actor, 'administer')
  return inTransaction(db, async tx => {
    await lockFor(tx, 'waves')
    await lockFor(tx, waveLock(id))
    const row = await waveRow(tx, id, clock)
    if (!row) throw notFound('This wave')
    const wave = waveFrom(row)
    if (!wave.charter || wave.kept !== 'open') throw new AppError('conflict', 'Only an open wave can be extended.')
    if (wave.state === 'closing') throw new AppError('conflict', 'This wave has closed already.')
    if (wave.extendedAt) throw new AppError('conflict', 'A wave can be extended once, and this one was.')
    const until = new Date(closesAt)
    if (Number.isNaN(until.getTime())) throw invalidField('closesAt', 'Write a day and a time.')
    if (until.toISOString() <= wave.closesAt) throw invalidField('closesAt', 'An extension ends later than before.')
    if (!wave.questionnaire) throw notFound('This wave')
    const extended = { ...wave, questionnaire: wave.questionnaire, closesAt: until.toISOString() }
    const people = (await invitedRows(tx, id)).map(person => person.personId)
    const near = await waveTooNear(tx, extended, people)
    if (near) throw invalidField('closesAt', near)
    const charter = { ...wave.charter, closesAt: until.toISOString() }
    await changeWave(tx, id, ['open'], {
      closes_at: charter.closesAt,
      charter: JSON.stringify(charter),
      extended_at: row.now,
      updated_at: row.now,
    })
    const changes = { before: { closesAt: wave.closesAt }, after: { closesAt: charter.closesAt } }
    await recordAudit(tx, { actor, clock }, { act: 'wave.extended', subject: wave.title, ...changes })
    return { ...wave, charter, closesAt: charter.closesAt, extendedAt: row.now, updatedAt: row.now }
  })
}
