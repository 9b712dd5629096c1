/** What anyone can check of a wave's bulletin, with nothing but the bulletin. The same code in browser and terminal. */
import { fromBase64Url } from '../casting/receipts.ts'
import { fingerprintOf, isSigned, readPublicKey, WrongKey } from './ballot.ts'
import type { Receipts } from './cast.ts'

export interface Bulletin {
  publicKey: string
  invited: number
  collected: number
  cast: number
  entries: { serial: string; prefix: string; signature: string; receipt: string }[]
  commentReceipts: string[]
}

export type BulletinProblem =
  | 'wrong-key'
  | 'invalid-signature'
  | 'serial-twice'
  | 'receipt-twice'
  | 'cast-is-not-entries'
  | 'more-cast-than-collected'
  | 'more-collected-than-invited'
  | 'receipt-missing'
  | 'comment-receipt-missing'

/** Whether this could be a bulletin at all. */
export function isBulletin(value: unknown): value is Bulletin {
  if (typeof value !== 'object' || value === null) return false
  const { publicKey, invited, collected, cast, entries, commentReceipts } = value as Record<string, unknown>
  const isText = (one: unknown) => typeof one === 'string'
  return (
    isText(publicKey) &&
    [invited, collected, cast].every(count => Number.isInteger(count) && (count as number) >= 0) &&
    Array.isArray(entries) &&
    entries.every(
      entry =>
        typeof entry === 'object' &&
        entry !== null &&
        ['serial', 'prefix', 'signature', 'receipt'].every(name => isText((entry as Record<string, unknown>)[name])),
    ) &&
    Array.isArray(commentReceipts) &&
    commentReceipts.every(isText)
  )
}

/**
 * Every entry has a valid signature and none is there twice; cast ≤ collected ≤ invited; these receipts are among them.
 * @param fingerprint of the charter or the invitation; null to trust the bulletin's own key.
 * @param receipts null to ask for none.
 * @param told called with the number of signatures checked so far.
 * @returns what is wrong, each kind once; empty when all is well.
 */
export async function checkBulletin(
  bulletin: Bulletin,
  fingerprint: string | null,
  receipts: Receipts | null,
  told: (checked: number) => void = () => undefined,
): Promise<BulletinProblem[]> {
  const problems = new Set<BulletinProblem>()
  const { entries } = bulletin
  const listed = new Set(entries.map(entry => entry.receipt))
  if (new Set(entries.map(entry => entry.serial)).size < entries.length) problems.add('serial-twice')
  if (listed.size < entries.length) problems.add('receipt-twice')
  if (bulletin.cast !== entries.length) problems.add('cast-is-not-entries')
  if (bulletin.cast > bulletin.collected) problems.add('more-cast-than-collected')
  if (bulletin.collected > bulletin.invited) problems.add('more-collected-than-invited')
  if (receipts && !listed.has(receipts.receipt)) problems.add('receipt-missing')
  const comments = new Set(bulletin.commentReceipts)
  if (receipts && !receipts.commentReceipts.every(one => comments.has(one))) problems.add('comment-receipt-missing')
  try {
    const own = await fingerprintOf(fromBase64Url(bulletin.publicKey) ?? new Uint8Array())
    const key = await readPublicKey(bulletin.publicKey, fingerprint ?? own)
    let checked = 0
    for (const entry of entries) {
      if (!(await isSigned(key, entry))) problems.add('invalid-signature')
      checked += 1
      if (checked % 100 === 0) told(checked)
    }
    told(checked)
  } catch (error) {
    if (!(error instanceof WrongKey)) throw error
    problems.add('wrong-key')
  }
  return [...problems]
}
