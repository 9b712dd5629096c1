/** Where the ballot is, and how to bring one. */
import { type Ballot, isSigned, readPublicKey } from './ballot.ts'
import { decodeBallot } from './ballot-code.ts'
import { button, make } from './dom.ts'
import { fill } from './fill.ts'
import type { Keeper } from './kept.ts'
import type { PageData } from './page-data.ts'
import { exportPart } from './show-ballot.ts'

export interface BallotPanel {
  /** Shows what is kept now. */
  show(): Promise<void>
  /** Takes a ballot from what was pasted, read from a file or came in the address. */
  bring(text: string): Promise<void>
}

/** @param changed called when a ballot came or went. */
export function ballotPanel(place: HTMLElement, data: PageData, keeper: Keeper, changed: () => void): BallotPanel {
  const { words } = data
  let said = ''

  async function show(): Promise<void> {
    const { ballot } = await keeper.read()
    place.hidden = false
    const message = make('p', { role: 'status' }, said)
    if (ballot) {
      if (!said) message.append(words.hasBallot)
      place.replaceChildren(message, await exportPart(ballot, words))
    } else place.replaceChildren(bringing(said ? message : null))
  }

  function bringing(message: HTMLElement | null): HTMLElement {
    const code = make('textarea', { id: 'ballot-code', rows: '3', autocomplete: 'off', spellcheck: 'false' })
    const file = make('input', { id: 'ballot-file', type: 'file', accept: 'text/plain,.txt' })
    file.addEventListener('change', async () => {
      const [chosen] = file.files ?? []
      if (chosen) await bring(await chosen.slice(0, 10_000).text())
    })
    return make(
      'section',
      { class: 'ballot-part' },
      make('h2', {}, words.noBallotTitle),
      message,
      make('p', {}, data.state === 'answering' ? words.noBallot : words.noBallotYet),
      data.isKiosk ? null : make('p', {}, make('a', { href: `/surveys/${data.wave}` }, words.collectIt)),
      make(
        'details',
        { open: data.isKiosk || message !== null },
        make('summary', {}, words.bringIt),
        make('label', { for: 'ballot-code' }, words.codeLabel),
        code,
        make(
          'p',
          { class: 'actions' },
          button(words.useCode, () => void bring(code.value)),
        ),
        make('label', { for: 'ballot-file' }, words.fileLabel),
        file,
        make('p', { class: 'small muted help' }, words.bringQr),
      ),
    )
  }

  async function bring(text: string): Promise<void> {
    const ballot = await decodeBallot(text)
    said = ballot ? await refusal(ballot) : words.codeUnreadable
    if (ballot && !said) {
      const kept = (await keeper.read()).ballot
      if (kept && kept.serial !== ballot.serial) return choose(ballot)
      await take(ballot)
    } else await show()
  }

  /** Why this ballot would not count; empty when it would. */
  async function refusal(ballot: Ballot): Promise<string> {
    if (ballot.wave !== data.wave) return fill(words.codeOtherWave, { wave: ballot.wave })
    const key = await readPublicKey(data.publicKey, data.fingerprint)
    return (await isSigned(key, ballot)) ? '' : words.codeForeign
  }

  async function take(ballot: Ballot): Promise<void> {
    await keeper.change(kept => ({ ...kept, ballot }))
    said = words.brought
    await show()
    changed()
  }

  /** A ballot cannot be issued again, so none is thrown away unasked. */
  function choose(ballot: Ballot): void {
    place.hidden = false
    const keep = () => {
      said = ''
      void show()
    }
    place.replaceChildren(
      make(
        'section',
        { class: 'ballot-part', role: 'alert' },
        make('p', {}, words.twoBallots),
        make(
          'p',
          { class: 'actions' },
          button(words.useBrought, () => void take(ballot)),
          button(words.useOld, keep),
        ),
      ),
    )
  }

  return { show, bring }
}
