import { type Actor, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { newId, newSecret, sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { ROOM_LOCK } from '../services.server.ts'
import { deleteSecret, insertSecret, type SourceRow, secretsOf, sourceBySlug } from './hook-queries.server.ts'
import { standardKey } from './signatures.server.ts'
import { KINDS, type SourceKind } from './source-kinds.ts'

/** Enough for any rotation. */
const MOST_SECRETS = 5
const SHORTEST = 16
const LONGEST = 500

/**
 * Gives a source one more secret; the others stay valid until they are taken away.
 * @returns the secret when Candor made it, to be shown this once; null when it was given.
 * @throws AppError not-found; invalid naming `secret`.
 */
export async function addSecret(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, secret }: { slug: string; secret: string },
): Promise<string | null> {
  demand(actor, 'administer')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const source = await sourceBySlug(tx, slug)
    if (!source) throw notFound('This source')
    const made = await addSecretTo(tx, clock, source, secret)
    await recordAudit(tx, { actor, clock }, { act: 'source.secret-added', subject: source.name })
    return made
  })
}

/** The same inside a transaction that writes the audit trail itself. */
export async function addSecretTo(tx: Tx, clock: Clock, source: SourceRow, given: string): Promise<string | null> {
  const kind = source.kind as SourceKind
  const wanted = given.trim()
  if (wanted === '' && KINDS[kind].secretFrom === 'there')
    throw invalidField('secret', 'Paste the secret that the other program shows.')
  const complaint = wanted === '' ? null : complaintAbout(kind, wanted)
  if (complaint) throw invalidField('secret', complaint)
  const secret = wanted === '' ? newSecret() : wanted
  const kept = KINDS[kind].proof === 'signature' ? secret : sha256(secret)
  const others = await secretsOf(tx, source.id)
  if (others.some(one => one.secret === kept)) throw invalidField('secret', 'This source has this secret already.')
  if (others.length >= MOST_SECRETS)
    throw invalidField('secret', `A source has at most ${MOST_SECRETS} secrets: take one away first.`)
  await insertSecret(tx, {
    id: newId(),
    source_id: source.id,
    secret: kept,
    created_at: isoNow(clock),
    last_used_on: null,
  })
  return wanted === '' ? secret : null
}

function complaintAbout(kind: SourceKind, secret: string): string | null {
  if (!isStorable(secret) || /\s/.test(secret)) return 'A secret has no spaces and no line breaks.'
  if (secret.length < SHORTEST || secret.length > LONGEST)
    return `A secret has ${SHORTEST} to ${LONGEST} characters, so that nobody can guess it.`
  if (kind === 'standard-webhooks' && !/^(?:whsec_)?[A-Za-z0-9+/]+={0,2}$/.test(secret))
    return 'This is not a signing secret: it is whsec_ with letters, digits, + and / after it.'
  if (kind === 'standard-webhooks' && standardKey(secret).length < SHORTEST)
    return `A signing secret has at least ${SHORTEST} bytes, so that nobody can guess it.`
  return null
}

/**
 * Takes a secret away: nothing that was made with it is taken any more. The last one stays, since a source without a
 * secret could never be heard again.
 * @throws AppError not-found; invalid when it is the last one.
 */
export async function removeSecret(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, id }: { slug: string; id: string },
): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const source = await sourceBySlug(tx, slug)
    const secrets = source ? await secretsOf(tx, source.id) : []
    if (!source || !secrets.some(one => one.id === id)) throw notFound('This secret')
    if (secrets.length === 1)
      throw invalidField('id', 'This is the only secret. Add the new one first, or pause the source.')
    await deleteSecret(tx, id)
    await recordAudit(tx, { actor, clock }, { act: 'source.secret-removed', subject: source.name })
  })
}
