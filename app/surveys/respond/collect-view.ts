/** Collecting a ballot on the signed-in page: the only moment at which the server knows who asks, and it signs blindly. */
import { blindBallot, finishBallot, readPublicKey, type UnsignedBallot, WrongKey } from './ballot.ts'
import { button, make } from './dom.ts'
import { fill } from './fill.ts'
import { type Keeper, keeperOf } from './kept.ts'
import { moment } from './local-times.ts'
import { exportPart } from './show-ballot.ts'
import type { Words } from './words.ts'

export interface CollectData {
  wave: string
  /** Of the charter, as the page shows it. */
  fingerprint: string
  /** Whether the server says that a ballot was signed in this person's name. */
  isCollected: boolean
  /** Null where answering has begun. */
  answeringFrom: string | null
  language: string
  words: Words
}

/**
 * Fills `place` with what can be done now. Never throws: what goes wrong stands there in words.
 * @param collected called once a ballot was signed.
 */
export async function collectView(place: HTMLElement, data: CollectData, collected: () => void): Promise<void> {
  const { words } = data
  const said = make('div', { role: 'status' })
  if (!globalThis.crypto?.subtle) return place.replaceChildren(note(words.needsHttps, 'error'))
  const keeper = await keeperOf(data.wave)
  const kept = await keeper.read()
  if (kept.ballot) return showBallot(place, data, keeper)
  if (kept.receipts) return place.replaceChildren(note(words.castFromHere), answerLink(data))
  // Blinded here before and perhaps signed: the same can be asked for again.
  if (data.isCollected && !kept.unsigned)
    return place.replaceChildren(note(words.collectedElsewhere, 'warn'), answerLink(data))

  const collect = button(
    words.collect,
    async () => {
      collect.disabled = true
      said.replaceChildren(make('p', {}, words.collecting))
      const refusal = await collectBallot(data, keeper)
      if (refusal === null) {
        collected()
        return showBallot(place, data, keeper)
      }
      collect.disabled = false
      said.replaceChildren(note(refusal, 'error'))
    },
    'primary',
  )
  place.replaceChildren(
    ...(keeper.isLasting ? [] : [note(words.storageRefused, 'warn')]),
    make('p', { class: 'actions' }, collect),
    said,
  )
}

/** @returns why it did not work, or null. */
async function collectBallot({ wave, fingerprint, words }: CollectData, keeper: Keeper): Promise<string | null> {
  try {
    // Without credentials: the server must show the key it shows to everybody.
    const described = await fetch(`/api/v1/waves/${wave}`, { credentials: 'omit', cache: 'no-store' })
    if (!described.ok) return words.collectUnreachable
    const { publicKey } = (await described.json()) as { publicKey: string }
    const key = await readPublicKey(publicKey, fingerprint)
    const unsigned = (await keeper.read()).unsigned ?? (await blindBallot(key, wave))
    // Kept before it is asked for: an answer that gets lost on its way can be asked for again, another ballot cannot.
    await keeper.change(kept => ({ ...kept, unsigned }))
    const answer = await askForSignature(wave, unsigned)
    if (answer.status === 404) return words.collectNotInvited
    if (answer.status === 410) return words.collectGone
    if (answer.status === 409) {
      await keeper.change(({ unsigned: _, ...kept }) => kept)
      return words.collectedElsewhere
    }
    if (!answer.ok) return words.collectUnreachable
    const { blindSignature } = (await answer.json()) as { blindSignature: string }
    const ballot = await finishBallot(key, unsigned, blindSignature).catch(() => null)
    if (!ballot) return words.collectBadSignature
    await keeper.change(({ unsigned: _, ...kept }) => ({ ...kept, ballot }))
    await navigator.storage?.persist?.()
    return null
  } catch (error) {
    return error instanceof WrongKey ? words.keyChanged : words.collectUnreachable
  }
}

function askForSignature(wave: string, { blindedMessage }: UnsignedBallot): Promise<Response> {
  return fetch(`/api/v1/waves/${wave}/ballots`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ blindedMessage }),
    credentials: 'same-origin',
    cache: 'no-store',
  })
}

async function showBallot(place: HTMLElement, data: CollectData, keeper: Keeper): Promise<void> {
  const { words } = data
  const { ballot } = await keeper.read()
  place.replaceChildren(
    note(keeper.isLasting ? words.collected : words.storageRefused, keeper.isLasting ? '' : 'warn'),
    make('p', {}, words.privately),
    answerLink(data),
    ...(ballot ? [await exportPart(ballot, words)] : []),
  )
}

function answerLink({ wave, answeringFrom, language, words }: CollectData): HTMLElement {
  if (answeringFrom) return make('p', {}, fill(words.answerLater, { answering: moment(answeringFrom, language) }))
  const link = make(
    'a',
    { class: 'btn primary', href: `/respond/${wave}`, referrerpolicy: 'no-referrer' },
    words.answerNow,
  )
  return make('p', { class: 'actions' }, link)
}

function note(text: string, kind = ''): HTMLElement {
  return make('p', { class: `notice ${kind}`.trim() }, text)
}
