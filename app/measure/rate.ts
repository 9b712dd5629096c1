/** Events per exposure: incidents per deployment, per million requests. */
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import { type ChangeWord, changeWord } from './change.ts'
import type { Interval } from './share.ts'
import { poissonTails } from './tails.ts'

export interface Rate {
  /** Events per `per` units of exposure; null without exposure. */
  value: number | null
  low: number | null
  high: number | null
  count: number
  exposure: number
}

export interface RateRatio {
  /** This rate ÷ the other; null when the other had no events, or one of them no exposure. */
  value: number | null
  low: number | null
  /** Null when nothing bounds the ratio from above. */
  high: number | null
  word: ChangeWord
}

/** Events per `per` units of exposure (a thousand unless told), with Garwood's exact interval on the count. */
export function rate(count: number, exposure: number, per = 1000): Rate {
  demandEvents(count, exposure)
  if (exposure === 0) return { value: null, low: null, high: null, count, exposure }
  const { low, high } = garwood(count)
  const scaled = (events: number) => (events / exposure) * per
  return { value: scaled(count), low: scaled(low), high: scaled(high), count, exposure }
}

/**
 * The exact 95 % interval of a Poisson mean: the means at which P(X ≥ count) and P(X ≤ count) are 2.5 %, which is
 * χ²(0.025, 2x)/2 to χ²(0.975, 2x + 2)/2. Garwood, *Fiducial limits for the Poisson distribution*, Biometrika 28 (1936).
 */
export function garwood(count: number): Interval {
  const reach = 5 * Math.sqrt(count) + 5
  return {
    low:
      count === 0 ? 0 : crossing(Math.max(0, count - reach), count, mean => poissonTails(count, mean).atLeast > 0.025),
    high: crossing(count, count + reach, mean => poissonTails(count, mean).atMost <= 0.025),
  }
}

/**
 * The ratio of two rates with the exact conditional 95 % interval: given x₁ + x₂ events, x₁ is binomial, so the
 * Clopper–Pearson limits p of x₁ in x₁ + x₂ become p/(1−p) · d₂/d₁.
 * Clopper and Pearson, Biometrika 26 (1934); Przyborowski and Wilenski, Biometrika 31 (1940).
 */
export function rateRatio(
  now: { count: number; exposure: number },
  before: { count: number; exposure: number },
): RateRatio {
  demandEvents(now.count, now.exposure)
  demandEvents(before.count, before.exposure)
  if (now.exposure === 0 || before.exposure === 0)
    return { value: null, low: null, high: null, word: 'no clear change' }
  const share = clopperPearson(now.count, now.count + before.count)
  const exposures = before.exposure / now.exposure
  const low = (share.low / (1 - share.low)) * exposures
  const high = share.high === 1 ? null : (share.high / (1 - share.high)) * exposures
  const value = before.count === 0 ? null : (now.count / before.count) * exposures
  return { value, low, high, word: changeWord(low, high, 1) }
}

/** The exact 95 % interval of a proportion: Beta(0.025; x, n − x + 1) to Beta(0.975; x + 1, n − x). */
export function clopperPearson(count: number, n: number): Interval {
  return {
    low: count === 0 ? 0 : betaQuantile(0.025, count, n - count + 1),
    high: count === n ? 1 : betaQuantile(0.975, count + 1, n - count),
  }
}

/** Where `isPast` turns true between two numbers, to the last bit. */
function crossing(from: number, to: number, isPast: (x: number) => boolean): number {
  let [before, past] = [from, to]
  for (;;) {
    const middle = (before + past) / 2
    if (middle <= before || middle >= past) return past
    if (isPast(middle)) past = middle
    else before = middle
  }
}

function demandEvents(count: number, exposure: number): void {
  if (!Number.isInteger(count) || count < 0 || !Number.isFinite(exposure) || exposure < 0)
    throw new RangeError(`${count} events in ${exposure} is no rate.`)
}
