/** The share of things that are not over after a time, with those still open counted in. */
import type { Duration } from './durations.ts'
import { type Interval, Z } from './share.ts'

export interface SurvivalStep {
  /** The time at which something ended. */
  time: number
  /** The share that lasted longer than this. */
  share: number
  low: number
  high: number
}

/**
 * The Kaplan–Meier curve with pointwise 95 % intervals on the log(−log) scale, from Greenwood's variance:
 * θ = ln(−ln S), var θ = Σ dᵢ ÷ (nᵢ(nᵢ − dᵢ)) ÷ ln²S, limits S^exp(±z √var θ).
 * Where the last one ends (S = 0) there is no variance: the lower limit is 0, the upper stays as it was.
 * Kaplan and Meier, JASA 53 (1958); Greenwood (1926); Kalbfleisch and Prentice, *The Statistical Analysis of Failure
 * Time Data*, 1.4; Borgan and Liestøl, Scandinavian Journal of Statistics 17 (1990).
 */
export function survivalCurve(durations: readonly Duration[]): SurvivalStep[] {
  const sorted = [...durations].sort((a, b) => a.value - b.value)
  const steps: SurvivalStep[] = []
  let [share, greenwood, high] = [1, 0, 1]
  for (let i = 0; i < sorted.length; ) {
    const { value: time } = sorted[i]!
    const atRisk = sorted.length - i
    let ended = 0
    do {
      if (!sorted[i]!.isOpen) ended++
      i++
    } while (sorted[i]?.value === time)
    if (ended === 0) continue
    if (ended === atRisk) {
      steps.push({ time, share: 0, low: 0, high })
      break
    }
    share *= 1 - ended / atRisk
    greenwood += ended / (atRisk * (atRisk - ended))
    const spread = Z * (Math.sqrt(greenwood) / Math.abs(Math.log(share)))
    high = share ** Math.exp(-spread)
    steps.push({ time, share, low: share ** Math.exp(spread), high })
  }
  return steps
}

/**
 * The median's 95 % interval where some are open: the times at which the interval of the curve holds one half. Its upper
 * end is Infinity where the curve's upper limit never comes down to a half; null when nothing ended.
 * Brookmeyer and Crowley, *A confidence interval for the median survival time*, Biometrics 38 (1982).
 */
export function survivalMedianInterval(durations: readonly Duration[]): Interval | null {
  const curve = survivalCurve(durations)
  const low = curve.find(step => step.low <= 0.5)
  if (!low) return null
  return { low: low.time, high: curve.find(step => step.high < 0.5)?.time ?? Number.POSITIVE_INFINITY }
}
