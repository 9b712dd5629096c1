/**
 * The clock and the agenda of a live forum, and what each command makes of them. Pure: moments are given in
 * milliseconds since 1970, never asked for. A phase that is over does not end by itself: what is left goes below zero.
 */
import { AppError } from '#app/platform/errors.ts'

export const ITEM_PHASES = ['context', 'discussion', 'capture'] as const
export type ItemPhase = (typeof ITEM_PHASES)[number]
export const PHASES = ['opening', ...ITEM_PHASES, 'patterns'] as const
export type Phase = (typeof PHASES)[number]

export interface PhaseTime {
  phase: Phase
  /** What was planned, and what has been added since. */
  allottedMs: number
  /** What it has taken until it was left last. */
  usedMs: number
}

/** Opening, one item, or patterns. */
export interface Step {
  /** The agenda item; null for opening and patterns. */
  item: string | null
  phases: PhaseTime[]
  state: 'ahead' | 'now' | 'done' | 'skipped'
}

export interface LiveClock {
  steps: Step[]
  /** Where we are: places in `steps` and in its `phases`. */
  step: number
  phase: number
  /** While it runs; null while it is paused. */
  endsAt: number | null
  /** While it is paused; null while it runs. */
  remainingMs: number | null
  /** What is left to be added without going beyond the hour. */
  bufferMs: number
  isFinished: boolean
  /** Whether a phase whose time is up is followed by the next; without it, and at first, nothing moves by itself. */
  movesOn?: boolean
}

export interface AgendaPlan {
  openingMinutes: number
  items: { id: string; minutes: Record<ItemPhase, number> }[]
  patternsMinutes: number
  bufferMinutes: number
}

export type ClockCommand =
  | { type: 'pause' | 'resume' | 'next-phase' | 'previous-phase' | 'next-item' | 'finish' }
  | { type: 'add-minutes'; minutes: number }
  | { type: 'set-auto-advance'; isOn: boolean }
  | { type: 'time-is-up' }
  | { type: 'skip' | 'bring-back'; item: string }
  | { type: 'reorder'; items: string[] }
  | { type: 'adjust'; item: string; minutes: Record<ItemPhase, number> }

const MINUTE = 60_000

/** The first moment of a forum. A part without minutes is left out. @throws AppError conflict for an empty agenda. */
export function startClock(plan: AgendaPlan, now: number): LiveClock {
  const part = (phase: Phase, minutes: number): PhaseTime => ({ phase, allottedMs: minutes * MINUTE, usedMs: 0 })
  const step = (item: string | null, phases: PhaseTime[]): Step => ({ item, phases, state: 'ahead' })
  if (plan.items.length === 0) throw refusal('There is nothing on the agenda yet: add an item first.')
  const steps = [
    ...(plan.openingMinutes > 0 ? [step(null, [part('opening', plan.openingMinutes)])] : []),
    ...plan.items.map(({ id, minutes }) =>
      step(
        id,
        ITEM_PHASES.map(phase => part(phase, minutes[phase])),
      ),
    ),
    ...(plan.patternsMinutes > 0 ? [step(null, [part('patterns', plan.patternsMinutes)])] : []),
  ]
  const clock: LiveClock = {
    steps,
    step: 0,
    phase: 0,
    endsAt: now,
    remainingMs: null,
    bufferMs: plan.bufferMinutes * MINUTE,
    isFinished: false,
  }
  return enter(clock, { step: 0, phase: 0 }, now)
}

/** What is left of the phase at a moment; below zero in overtime. */
export function remainingAt({ endsAt, remainingMs }: Pick<LiveClock, 'endsAt' | 'remainingMs'>, now: number): number {
  return endsAt === null ? (remainingMs ?? 0) : endsAt - now
}

export function currentStep(clock: Pick<LiveClock, 'steps' | 'step'>): Step {
  return clock.steps[clock.step] as Step
}

export function currentPhase(clock: Pick<LiveClock, 'steps' | 'step' | 'phase'>): PhaseTime {
  return currentStep(clock).phases[clock.phase] as PhaseTime
}

/** What comes after the phase we are in; null when nothing does. */
export function nextPlace(clock: Pick<LiveClock, 'steps' | 'step' | 'phase'>): { step: number; phase: number } | null {
  if (clock.phase + 1 < currentStep(clock).phases.length) return { step: clock.step, phase: clock.phase + 1 }
  return nextStep(clock)
}

function nextStep({ steps, step }: Pick<LiveClock, 'steps' | 'step'>): { step: number; phase: number } | null {
  const next = steps.findIndex((one, place) => place > step && one.state === 'ahead')
  return next < 0 ? null : { step: next, phase: 0 }
}

/** Whether one can go back from here. */
export function previousPlace(
  clock: Pick<LiveClock, 'steps' | 'step' | 'phase'>,
): { step: number; phase: number } | null {
  if (clock.phase > 0) return { step: clock.step, phase: clock.phase - 1 }
  const step = clock.steps.findLastIndex((one, place) => place < clock.step && one.state === 'done')
  return step < 0 ? null : { step, phase: clock.steps[step]!.phases.length - 1 }
}

/**
 * The clock after a command.
 * @throws AppError conflict when the command makes no sense now, invalid when its values cannot be used.
 */
export function applyToClock(clock: LiveClock, command: ClockCommand, now: number): LiveClock {
  if (clock.isFinished) throw refusal('This forum is over.')
  switch (command.type) {
    case 'pause':
      if (clock.endsAt === null) throw refusal('The clock is paused already.')
      return { ...clock, endsAt: null, remainingMs: remainingAt(clock, now) }
    case 'resume':
      if (clock.endsAt !== null) throw refusal('The clock is running already.')
      return { ...clock, endsAt: now + remainingAt(clock, now), remainingMs: null }
    case 'add-minutes':
      return { ...addTime(clock, command.minutes * MINUTE), bufferMs: clock.bufferMs - command.minutes * MINUTE }
    case 'next-phase':
      return goTo(clock, nextPlace(clock), now)
    case 'set-auto-advance':
      return { ...clock, movesOn: command.isOn }
    case 'time-is-up':
      return moveOn(clock, now)
    case 'next-item':
      return goTo(clock, nextStep(clock), now)
    case 'previous-phase':
      return goBack(clock, now)
    case 'skip':
      return skip(clock, command.item, now)
    case 'bring-back':
      return bringBack(clock, command.item)
    case 'reorder':
      return reorder(clock, command.items)
    case 'adjust':
      return adjust(clock, command.item, command.minutes)
    case 'finish':
      return { ...withStep(leave(clock, now), clock.step, { state: 'done' }), ...stopped(clock, now), isFinished: true }
  }
}

function stopped(clock: LiveClock, now: number): Pick<LiveClock, 'endsAt' | 'remainingMs'> {
  return { endsAt: null, remainingMs: remainingAt(clock, now) }
}

/** Time for the phase we are in, without touching the buffer. */
function addTime(clock: LiveClock, ms: number): LiveClock {
  const moved = withPhase(clock, clock.step, clock.phase, time => ({ ...time, allottedMs: time.allottedMs + ms }))
  return clock.endsAt === null
    ? { ...moved, remainingMs: (clock.remainingMs ?? 0) + ms }
    : { ...moved, endsAt: clock.endsAt + ms }
}

function goTo(clock: LiveClock, place: { step: number; phase: number } | null, now: number): LiveClock {
  if (!place) throw refusal('Nothing comes after this: finish the forum when you are done.')
  const left = leave(clock, now)
  return enter(place.step === clock.step ? left : withStep(left, clock.step, { state: 'done' }), place, now)
}

/** What the board asks for at zero: whether it is zero is for this clock to say. */
function moveOn(clock: LiveClock, now: number): LiveClock {
  if (!clock.movesOn || clock.endsAt === null || remainingAt(clock, now) > 0)
    throw refusal('The clock does not move on by itself now.')
  return goTo(clock, nextPlace(clock), now)
}

function goBack(clock: LiveClock, now: number): LiveClock {
  const place = previousPlace(clock)
  if (!place) throw refusal('This is where the forum began.')
  const left = leave(clock, now)
  return enter(place.step === clock.step ? left : withStep(left, clock.step, { state: 'ahead' }), place, now)
}

function skip(clock: LiveClock, item: string, now: number): LiveClock {
  const place = placeOf(clock, item)
  const { state } = clock.steps[place] as Step
  if (state === 'ahead') return withStep(clock, place, { state: 'skipped' })
  if (state !== 'now') throw refusal('This item is behind us already.')
  const next = nextStep(clock)
  if (!next) throw refusal('Nothing comes after this: finish the forum when you are done.')
  return enter(withStep(leave(clock, now), place, { state: 'skipped' }), next, now)
}

/** A skipped item comes next. */
function bringBack(clock: LiveClock, item: string): LiveClock {
  const place = placeOf(clock, item)
  const step = clock.steps[place] as Step
  if (step.state !== 'skipped') throw refusal('This item was not skipped.')
  const rest = clock.steps.filter((_, other) => other !== place)
  const here = place < clock.step ? clock.step - 1 : clock.step
  const steps = [...rest.slice(0, here + 1), { ...step, state: 'ahead' as const }, ...rest.slice(here + 1)]
  return { ...clock, steps, step: here }
}

function reorder(clock: LiveClock, items: string[]): LiveClock {
  const head = clock.steps.slice(0, clock.step + 1)
  const tail = clock.steps.slice(clock.step + 1)
  const ahead = tail.filter(step => step.item !== null && step.state === 'ahead')
  const isSame = items.length === ahead.length && ahead.every(step => items.includes(step.item as string))
  if (!isSame || new Set(items).size !== items.length)
    throw refusal('What is left has changed meanwhile: look at the agenda again.')
  const ordered = items.map(item => ahead.find(step => step.item === item) as Step)
  return { ...clock, steps: [...head, ...ordered, ...tail.filter(step => !ordered.includes(step))] }
}

function adjust(clock: LiveClock, item: string, minutes: Record<ItemPhase, number>): LiveClock {
  const place = placeOf(clock, item)
  const { state, phases } = clock.steps[place] as Step
  if (state === 'done' || state === 'skipped') throw refusal('This item is behind us already.')
  return phases.reduce((changed, time, index) => {
    const more = minutes[time.phase as ItemPhase] * MINUTE - time.allottedMs
    if (more === 0) return changed
    if (place === clock.step && index === clock.phase) return addTime(changed, more)
    return withPhase(changed, place, index, one => ({ ...one, allottedMs: one.allottedMs + more }))
  }, clock)
}

function placeOf(clock: LiveClock, item: string): number {
  const place = clock.steps.findIndex(step => step.item === item)
  if (place < 0)
    throw new AppError('invalid', 'This item is not on the agenda.', [{ path: 'item', message: 'Unknown.' }])
  return place
}

/** Notes what the current phase has taken; whether the clock runs stays as it is. */
function leave(clock: LiveClock, now: number): LiveClock {
  const remaining = remainingAt(clock, now)
  return withPhase(clock, clock.step, clock.phase, time => ({ ...time, usedMs: time.allottedMs - remaining }))
}

/** Goes to a phase with what is left of it. */
function enter(clock: LiveClock, { step, phase }: { step: number; phase: number }, now: number): LiveClock {
  const { allottedMs, usedMs } = clock.steps[step]!.phases[phase] as PhaseTime
  const left = allottedMs - usedMs
  const there = { ...withStep(clock, step, { state: 'now' }), step, phase }
  return clock.endsAt === null ? { ...there, remainingMs: left } : { ...there, endsAt: now + left }
}

function withStep(clock: LiveClock, place: number, change: Partial<Step>): LiveClock {
  return { ...clock, steps: clock.steps.map((step, other) => (other === place ? { ...step, ...change } : step)) }
}

function withPhase(clock: LiveClock, place: number, phase: number, change: (time: PhaseTime) => PhaseTime): LiveClock {
  const { phases } = clock.steps[place] as Step
  return withStep(clock, place, { phases: phases.map((time, other) => (other === phase ? change(time) : time)) })
}

function refusal(message: string): AppError {
  return new AppError('conflict', message)
}
