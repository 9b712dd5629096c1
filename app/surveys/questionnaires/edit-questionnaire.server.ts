/** The organisation's own questionnaires: begun, edited as drafts, published, and never edited after that. */
import { randomBytes } from 'node:crypto'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, line } from '#app/identity/fields.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { questionnaireOf } from './instrument.ts'
import { readInstruments } from './instruments.server.ts'
import { itemsOf, type Questionnaire, textIn } from './questionnaire.ts'
import { provisionalId, settled } from './questionnaire-draft.ts'
import {
  deleteDraft,
  insertQuestionnaire,
  type KeptQuestionnaire,
  questionnaireIds,
  updateDraft,
  versionsOf,
} from './questionnaire-queries.server.ts'
import { draftSchema, questionnaireSchema } from './questionnaire-schema.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Addresses below /surveys/questionnaires that are no questionnaires. */
const RESERVED = ['new', 'other']
const title = line('what the questionnaire is called', 120)

/**
 * Begins a questionnaire of its own id.
 * @param from an instrument's id or one's own questionnaire's, whose newest version is copied; '' for none.
 * @returns its id. @throws AppError invalid naming `title` or `from`.
 */
export async function startQuestionnaire(
  { db, clock, actor }: Context,
  given: { title: string; from: string },
): Promise<string> {
  demand(actor, 'administer')
  const name = check(title, given.title.trim() === '' ? undefined : given.title)
  return inTransaction(db, async tx => {
    await lockFor(tx, 'questionnaires')
    const taken = new Set([...RESERVED, ...readInstruments().map(one => one.id), ...(await questionnaireIds(tx))])
    const id = firstFree(slugify(name, 60), taken)
    const model = given.from === '' ? null : await modelOf(tx, given.from)
    const language = model?.languages.includes('en') === false ? (model.languages[0] as string) : 'en'
    const draft: Questionnaire = {
      languages: ['en'],
      introduction: null,
      target: null,
      sections: [{ title: null, items: [] }],
      ...model,
      id,
      version: 1,
      title: { ...model?.title, [language]: name },
    }
    await insertQuestionnaire(tx, draft, isoNow(clock))
    await recordAudit(tx, { actor, clock }, { act: 'questionnaire.begun', subject: name })
    return id
  })
}

async function modelOf(db: Db, id: string): Promise<Questionnaire> {
  const instrument = readInstruments().find(one => one.id === id)
  const model = instrument ? questionnaireOf(instrument) : (await versionsOf(db, id))[0]?.definition
  if (!model) throw invalidField('from', 'Choose from the list.')
  return model
}

/** The newest version, draft or published, with all that came before. @throws AppError not-found. */
export async function getOwnQuestionnaire(
  { db, actor }: Omit<Context, 'clock'>,
  id: string,
): Promise<{ newest: KeptQuestionnaire; versions: KeptQuestionnaire[] }> {
  demand(actor, 'administer')
  const versions = await versionsOf(db, id)
  const newest = versions[0]
  if (!newest) throw notFound('This questionnaire')
  return { newest, versions }
}

/** The next version, as a draft that begins as the published one. @throws AppError not-found; conflict while there is a draft. */
export async function beginVersion({ db, clock, actor }: Context, id: string): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'questionnaires')
    const [newest] = await versionsOf(tx, id)
    if (!newest) throw notFound('This questionnaire')
    if (newest.state === 'draft') throw new AppError('conflict', 'There is a draft of the next version already.')
    const next = { ...newest.definition, version: newest.definition.version + 1 }
    await insertQuestionnaire(tx, next, isoNow(clock))
  })
}

/**
 * Keeps a draft as it is, whatever is still missing.
 * @param base when the draft was last changed, as the one who edits knew it.
 * @throws AppError not-found; invalid for what is beyond measure; conflict when it is published, or somebody else has
 * saved since.
 */
export async function saveDraft({ db, clock, actor }: Context, draft: Questionnaire, base: string): Promise<void> {
  demand(actor, 'administer')
  const checked = check(draftSchema, draft)
  await inTransaction(db, async tx => {
    await lockFor(tx, 'questionnaires')
    const [newest] = await versionsOf(tx, draft.id)
    if (!newest) throw notFound('This questionnaire')
    if (newest.state !== 'draft' || newest.definition.version !== draft.version)
      throw new AppError('conflict', 'This version has been published meanwhile. It cannot be changed any more.')
    if (newest.updatedAt !== base)
      throw new AppError(
        'conflict',
        'Somebody else has saved this draft meanwhile. Below is what you wrote: saving it again keeps yours.',
      )
    await updateDraft(tx, checked, laterThan(base, isoNow(clock)))
  })
}

/** Two saves within one millisecond must not look alike. */
function laterThan(base: string, now: string): string {
  return now > base ? now : new Date(Date.parse(base) + 1).toISOString()
}

/** Publishes the draft; from then on it never changes. @throws AppError not-found; conflict; invalid by field. */
export async function publishQuestionnaire({ db, clock, actor }: Context, id: string): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'questionnaires')
    const [draft, ...earlier] = await versionsOf(tx, id)
    if (!draft) throw notFound('This questionnaire')
    if (draft.state !== 'draft') throw new AppError('conflict', 'This version is published already.')
    const used = new Set(earlier.flatMap(version => itemsOf(version.definition).map(item => item.id)))
    const definition = check(questionnaireSchema, settled(draft.definition, used))
    await updateDraft(tx, definition, laterThan(draft.updatedAt, isoNow(clock)), 'published')
    const subject = `${textIn(definition.title, 'en')}, version ${definition.version}`
    await recordAudit(tx, { actor, clock }, { act: 'questionnaire.published', subject })
  })
}

/** Throws a draft away. @throws AppError not-found; conflict when the newest version is published. */
export async function discardDraft({ db, actor, clock }: Context, id: string): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'questionnaires')
    const [draft] = await versionsOf(tx, id)
    if (!draft) throw notFound('This questionnaire')
    if (draft.state !== 'draft') throw new AppError('conflict', 'This version is published: it stays.')
    await deleteDraft(tx, id, draft.definition.version)
    const subject = textIn(draft.definition.title, 'en')
    await recordAudit(tx, { actor, clock }, { act: 'questionnaire.draft-discarded', subject })
  })
}

/** An id for a question or an answer that has no text yet. */
export function newItemId(): string {
  return provisionalId(randomBytes(6).toString('hex'))
}
