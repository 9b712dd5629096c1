/** The respondent's page at work: which view when, and what is kept, sent and forgotten. */
import type { WaveResponse } from '../wave.ts'
import { type BallotPanel, ballotPanel } from './ballot-panel.ts'
import { makeResponse, type Receipts, receiptsOf } from './cast.ts'
import { countedView } from './counted-view.ts'
import { button, make, part } from './dom.ts'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { fill } from './fill.ts'
import { type Keeper, type Kept, keeperOf, keepInMemory } from './kept.ts'
import { localTimes, moment } from './local-times.ts'
import type { PageData } from './page-data.ts'
import { keptHere, type QuestionsForm, questionsForm } from './questions-form.ts'
import { writeReceipts } from './receipt-file.ts'
import { reviewView } from './review-view.ts'
import { type FinalOutcome, sendUntilCounted } from './send-until-counted.ts'
import { startOver, startOverWhenIdle } from './shared-machine.ts'
import { copy, save } from './show-ballot.ts'

export async function startPage(data: PageData): Promise<void> {
  // Before anything else: a ballot must not stay in the address, where others read it and the browser remembers it.
  const brought = takeBallotFromAddress()
  document.getElementById('no-script')?.remove()
  localTimes(data.language)
  if (!globalThis.crypto?.subtle) return say(data.words.needsHttps, 'error')
  const keeper = data.isKiosk ? keepInMemory() : await keeperOf(data.wave)
  const page = new RespondPage(data, keeper)
  addEventListener('hashchange', () => {
    const later = takeBallotFromAddress()
    if (later) void page.bring(later)
  })
  // Where nothing outlives the page, the browser asks before it goes.
  addEventListener('beforeunload', event => {
    if (keeper.isAtRisk()) event.preventDefault()
  })
  await page.start(brought)
}

function takeBallotFromAddress(): string | null {
  const code = /^#ballot=(.+)$/.exec(location.hash)?.[1]
  if (code === undefined) return null
  history.replaceState(null, '', location.pathname + location.search)
  try {
    return decodeURIComponent(code)
  } catch {
    return code
  }
}

function say(text: string, kind = ''): void {
  part('notice').replaceChildren(...(text ? [make('p', { class: `notice ${kind}`.trim() }, text)] : []))
}

class RespondPage {
  private form: QuestionsForm | null = null
  private panel: BallotPanel | null = null
  /** From casting on, what is typed is no longer kept, and nothing is cast a second time. */
  private isOpen = true

  constructor(
    private readonly data: PageData,
    private readonly keeper: Keeper,
  ) {}

  async start(brought: string | null): Promise<void> {
    const { state, isKiosk, words } = this.data
    if (isKiosk) startOverWhenIdle(words, this.keeper)
    else if (!this.keeper.isLasting) say(words.notKept, 'warn')
    const kept = await this.keeper.read()
    if (state === 'answering' || state === 'collecting' || state === 'planned') {
      this.panel = ballotPanel(part('ballot'), this.data, this.keeper, () => void this.ballotCame())
      if (state === 'answering') await this.startAnswering(kept, brought !== null)
      else if (!brought) await this.panel.show()
      return brought ? this.panel.bring(brought) : undefined
    }
    if (state !== 'abandoned') await this.afterClosing(kept)
  }

  async bring(code: string): Promise<void> {
    await this.panel?.bring(code)
  }

  private async startAnswering(kept: Kept, isPanelShown: boolean): Promise<void> {
    const { data, keeper } = this
    if (kept.sending) {
      say(data.words.resume)
      return this.send(kept.sending)
    }
    if (kept.receipts && !kept.ballot) return this.showDone(kept.receipts)
    this.form = questionsForm(data, kept.draft ?? EMPTY_DRAFT, draft => {
      if (this.isOpen) void keeper.change(now => ({ ...now, draft }))
    })
    keptHere(data, keeper.isLasting)
    const review = part('review')
    review.hidden = false
    review.addEventListener('click', () => void this.showReview())
    if (!isPanelShown) await this.panel?.show()
  }

  /** A ballot came by code or link: answers may be waiting for it, or this browser had cast with another. */
  private async ballotCame(): Promise<void> {
    if (!this.form && this.data.state === 'answering') {
      const kept = await this.keeper.read()
      if (kept.sending) return
      // The form of the one who has just cast is gone: the next gets a new one.
      if (!document.getElementById('questions')) return location.reload()
      this.isOpen = true
      this.show([])
      await this.startAnswering(kept, true)
    } else if (!part('view').hidden) await this.showReview()
  }

  /** Puts a view in place of the questions; an empty one brings the questions back. */
  private show(view: readonly Node[]): void {
    const questions = document.getElementById('questions')
    if (questions) questions.hidden = view.length > 0
    part('view').hidden = view.length === 0
    part('view').replaceChildren(...view)
    const heading = part('view').querySelector<HTMLElement>('[tabindex="-1"]')
    heading?.focus()
    if (view.length > 0) part('view').scrollIntoView({ block: 'start' })
  }

  private async showReview(): Promise<void> {
    const draft = this.form?.draft() ?? EMPTY_DRAFT
    const { ballot } = await this.keeper.read()
    say('')
    this.show(
      reviewView(this.data, draft, {
        hasBallot: ballot !== undefined,
        change: item => {
          this.show([])
          this.form?.goTo(item)
        },
        back: () => this.show([]),
        cast: () => void this.cast(draft),
      }),
    )
  }

  private async cast(draft: Draft): Promise<void> {
    if (!this.isOpen) return
    this.isOpen = false
    const { ballot } = await this.keeper.read()
    if (!ballot) {
      this.isOpen = true
      return this.showReview()
    }
    const sending = makeResponse(ballot, this.data.items, draft)
    // With its nonces, before it leaves: sent twice it must be the same.
    await this.keeper.change(kept => ({ ...kept, draft, sending }))
    say('')
    await this.send(sending)
  }

  private async send(response: WaveResponse): Promise<void> {
    const { data, keeper } = this
    const { words } = data
    this.isOpen = false
    const place = make('p', { role: 'status' })
    const actions = make('p', { class: 'actions' })
    this.show([make('h2', { tabindex: '-1' }, words.casting), place, actions])
    part('ballot').hidden = true
    const outcome = await sendUntilCounted(data, response, {
      sending() {
        place.replaceChildren()
        actions.replaceChildren()
      },
      waiting(n, now) {
        place.replaceChildren(fill(keeper.isLasting ? words.unreachable : words.unreachableInPage, { n }))
        if (actions.childElementCount === 0) actions.replaceChildren(button(words.tryNow, now))
      },
    })
    await this.after(outcome, response)
  }

  private async after(outcome: FinalOutcome, response: WaveResponse): Promise<void> {
    const { words } = this.data
    if (outcome.kind === 'counted') return this.counted(outcome.receipts, response)
    if (outcome.kind === 'other-receipt') {
      say(words.castOtherReceipt, 'error')
      return this.counted(await receiptsOf(response), response)
    }
    if (outcome.kind === 'closed') {
      // It may have been taken before, and only the answer was lost: the bulletin knows.
      say(words.castClosed, 'warn')
      return this.afterClosing(await this.keeper.read())
    }
    const reasons: Record<typeof outcome.kind, string> = {
      'key-changed': words.keyChanged,
      foreign: words.castForeign,
      used: words.castUsed,
      refused: outcome.kind === 'refused' ? fill(words.castRefused, { detail: outcome.detail }) : '',
    }
    const isUseless = outcome.kind === 'foreign' || outcome.kind === 'used'
    await this.keeper.change(({ sending, ballot, ...kept }) => (isUseless || !ballot ? kept : { ...kept, ballot }))
    say(reasons[outcome.kind], 'error')
    this.isOpen = true
    this.show([])
    if (!this.form) await this.startAnswering(await this.keeper.read(), true)
    await this.panel?.show()
    part('notice').scrollIntoView({ block: 'center' })
  }

  /** Everything but the receipts is forgotten: answers, nonces, ballot; not a ballot that somebody brought meanwhile. */
  private async counted(receipts: Receipts, { serial }: WaveResponse): Promise<void> {
    const kept = await this.keeper.change(({ ballot, receipts: before = [] }) => ({
      receipts: [...before, receipts],
      ...(ballot && ballot.serial !== serial ? { ballot } : {}),
    }))
    this.form = null
    document.getElementById('questions')?.remove()
    this.showDone(kept.receipts ?? [receipts])
  }

  private showDone(all: readonly Receipts[]): void {
    const { data, keeper } = this
    const { words } = data
    const said = make('span', { role: 'status', class: 'small muted' })
    const text = all.map(one => writeReceipts(data.wave, one)).join('\n')
    part('ballot').hidden = true
    this.show([
      make('h2', { tabindex: '-1' }, words.doneTitle),
      make('p', {}, keeper.isLasting ? words.doneText : words.doneTextInPage),
      ...all.flatMap(({ receipt, commentReceipts }) => [
        make('p', {}, `${words.receipt}: `, make('span', { class: 'receipt', 'data-receipt': true }, receipt)),
        ...commentReceipts.map(one =>
          make('p', {}, `${words.commentReceipt}: `, make('span', { class: 'receipt' }, one)),
        ),
      ]),
      make('p', {}, fill(words.checkLater, { closes: moment(data.closesAt, data.language) })),
      make(
        'p',
        { class: 'actions' },
        button(words.saveReceipt, () => save(`receipt-${data.wave}.txt`, text)),
        button(words.copyReceipt, () => copy(text, said, words)),
        data.isKiosk ? button(words.nextPerson, () => startOver(keeper), 'primary') : null,
        keeper.isLasting ? button(words.another, () => this.another(), 'quiet') : null,
        said,
      ),
    ])
  }

  private another(): void {
    part('ballot').hidden = false
    void this.panel?.show()
    part('ballot').scrollIntoView({ block: 'start' })
  }

  private async afterClosing(kept: Kept): Promise<void> {
    const { data, keeper } = this
    const { words } = data
    let { receipts = [] } = kept
    if (kept.sending) {
      receipts = [...receipts, await receiptsOf(kept.sending)]
      const now = receipts
      await keeper.change(({ sending, draft, ballot, ...rest }) => ({ ...rest, receipts: now }))
    }
    const hasLeftovers = !kept.sending && (kept.draft !== undefined || kept.ballot !== undefined)
    const forget = make('p', { class: 'actions' })
    forget.append(
      button(words.forgetDraft, async () => {
        await keeper.change(({ receipts: had }) => (had ? { receipts: had } : {}))
        forget.replaceChildren(words.forgotten)
      }),
    )
    this.show([
      ...(hasLeftovers ? [make('p', { class: 'notice warn' }, words.uncast), forget] : []),
      ...countedView(data, receipts),
    ])
  }
}
