import type { Actor } from '#app/identity/actor.ts'
import { findServices } from '#app/incidents/services.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { themesBySlug } from '#app/themes/themes.server.ts'
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'
import {
  applySection,
  EDITOR_TITLES,
  type EditorSection,
  LINEWISE,
  type SectionError,
  sectionValue,
} from './editor-sections.ts'
import { isSameValue, mergeSection, type SectionValue } from './merge-section.ts'
import { type PostmortemRecord, recordSchema } from './record.ts'
import { hashOf } from './record-of.server.ts'
import { lockRoom, saveRecords } from './save-records.server.ts'
import { recordWithRows } from './section-of.server.ts'
import { lastRevision, sectionSaves, writeSectionSave } from './section-queries.server.ts'

/** Autosaves of one person within this time of the first are one revision. */
const SITTING_MS = 15 * 60_000
const NOTE = 'Written in the editor'

export type SectionSaved =
  | {
      kind: 'saved'
      version: number
      savedAt: string
      /** What is stored: the base of the writer's next save. */
      base: SectionValue
      /** What the writer's fields should show, where somebody else wrote meanwhile. */
      merged: SectionValue | null
    }
  | {
      kind: 'conflict'
      /** What somebody else saved. */
      theirs: SectionValue
      savedBy: string | null
    }

/**
 * Saves what was typed in one section. Where somebody else saved since `base`, both are put together; where they
 * contradict each other nothing is written, and the writer gets the other version to choose from.
 * @throws AppError not-found for those who may not edit; invalid with the fields that cannot be used.
 */
export async function saveSection(
  context: { db: Db; clock: Clock; actor: Actor },
  id: string,
  section: EditorSection,
  { base, mine }: { base: SectionValue; mine: SectionValue },
): Promise<SectionSaved> {
  return inTransaction(context.db, async tx => {
    await lockRoom(tx)
    const { record, ids } = await recordWithRows({ ...context, db: tx }, id)
    const saves = await sectionSaves(tx, id)
    const last = saves.get(section)
    const theirs = sectionValue(record, ids, section)
    const isAlone = isSameValue(base, theirs)
    const merged = isAlone ? { kind: 'merged' as const, value: mine } : mergeSection(base, theirs, mine, LINEWISE)
    if (merged.kind === 'conflict') return { kind: 'conflict', theirs, savedBy: last?.savedBy ?? null }

    const today = dayIn(context.actor.timeZone, context.clock.now())
    const applied = applySection(record, ids, section, merged.value, today)
    const errors = [...applied.errors, ...(await unknownNames(tx, section, applied.record, record))]
    const parsed = recordSchema.safeParse(applied.record)
    if (!parsed.success && errors.length === 0) errors.push(...errorsOf(section, parsed.error.issues))
    if (errors.length) throw new AppError('invalid', refusalOf(section, errors), errors)

    const changed = parsed.data as PostmortemRecord
    let version = last?.version ?? 1
    let savedAt = last?.savedAt ?? isoNow(context.clock)
    if (hashOf(changed) !== hashOf(record)) {
      version += 1
      savedAt = isoNow(context.clock)
      const note = NOTE
      const isSameRevision = await isSameSitting(tx, context, id)
      await saveRecords(tx, context, [{ id, record: changed, note, rowIds: applied.ids, isSameRevision }])
      await writeSectionSave(tx, {
        postmortem_id: id,
        section,
        version,
        saved_at: savedAt,
        saved_by: context.actor.name,
      })
    }
    const stored = await recordWithRows({ ...context, db: tx }, id)
    return {
      kind: 'saved',
      version,
      savedAt,
      base: sectionValue(stored.record, stored.ids, section),
      merged: isAlone ? null : merged.value,
    }
  })
}

async function isSameSitting(
  tx: Tx,
  { clock, actor }: { clock: Clock; actor: Actor },
  postmortemId: string,
): Promise<boolean> {
  const last = await lastRevision(tx, postmortemId)
  return (
    last !== undefined &&
    last.note === NOTE &&
    last.account_id === actor.accountId &&
    clock.now() - Date.parse(last.at) < SITTING_MS
  )
}

/** While one types, no half a word may become a theme or a service: those are chosen among what there is. */
async function unknownNames(
  tx: Tx,
  section: EditorSection,
  record: PostmortemRecord,
  before: PostmortemRecord,
): Promise<SectionError[]> {
  if (section === 'themes' || section === 'factors') {
    const words = section === 'themes' ? record.themes : record.factors.flatMap(factor => factor.themes)
    const known = await themesBySlug(tx, words)
    const unknown = [...new Set(words)].filter(word => !known.has(word))
    return unknown.map(word => ({ path: 'themes', message: `“${word}” is no theme. Editors add themes to the list.` }))
  }
  if (section === 'facts') {
    const added = record.services.filter(name => !before.services.includes(name))
    const known = await findServices(tx, added)
    return added
      .filter(name => !known.has(name))
      .map(name => ({ path: 'services', message: `No service is called “${name}”.` }))
  }
  return []
}

function errorsOf(section: EditorSection, issues: { path: PropertyKey[]; message: string }[]): SectionError[] {
  return issues.map(({ path, message }) => {
    const row = path.find(part => typeof part === 'number')
    const field =
      section === 'facts' ? String(path[0]) : row === undefined ? 'text' : `rows.${row}.${String(path.at(-1))}`
    return { path: field, message: `${EDITOR_TITLES[section]}: ${message}` }
  })
}

function refusalOf(section: EditorSection, errors: SectionError[]): string {
  const [only] = errors
  return errors.length === 1 && only ? only.message : `${EDITOR_TITLES[section]}: ${errors.length} fields need a look.`
}
