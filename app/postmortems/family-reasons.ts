/** Why two incidents may be the same failure coming back: pure. A person decides. */
interface Named {
  value: string
  label: string
}

export interface Likeness {
  services: readonly Named[]
  themes: readonly Named[]
  /** Themes that contributing factors of both carry. */
  factorThemes: readonly Named[]
  /** How alike the words are: 0 to 1, 1 for those that are most alike of all. */
  text: number
}

export interface Judged {
  reasons: string[]
  strength: number
}

const WEIGHTS = { service: 2, theme: 1, factor: 2, text: 3 }
/** Words among the most alike of the library count as a reason. */
const NEAR_TEXT = 0.55
/** One reason alone is chance. */
const FEWEST_REASONS = 2
const LEAST_STRENGTH = 5

/** The reasons in words and how much they weigh together; null when they are too few or too weak to bother anybody. */
export function likenessOf({ services, themes, factorThemes, text }: Likeness): Judged | null {
  const reasons: string[] = []
  const other = themes.filter(theme => !factorThemes.some(one => one.value === theme.value))
  if (services.length) reasons.push(`Both concern ${inWords(services)}.`)
  if (factorThemes.length) reasons.push(`Contributing factors of both carry the ${themesInWords(factorThemes)}.`)
  if (other.length) reasons.push(`Both carry the ${themesInWords(other)}.`)
  if (text >= NEAR_TEXT) reasons.push('Their words are among the most alike in the library.')
  const strength =
    WEIGHTS.service * Math.min(services.length, 2) +
    WEIGHTS.factor * Math.min(factorThemes.length, 2) +
    WEIGHTS.theme * Math.min(other.length, 3) +
    (text >= NEAR_TEXT ? WEIGHTS.text * text : 0)
  return reasons.length >= FEWEST_REASONS && strength >= LEAST_STRENGTH ? { reasons, strength } : null
}

function themesInWords(themes: readonly Named[]): string {
  return `${themes.length === 1 ? 'theme' : 'themes'} ${inWords(themes)}`
}

const MOST_NAMED = 3

function inWords(named: readonly Named[]): string {
  const labels = named.slice(0, MOST_NAMED).map(one => one.label)
  const rest = named.length - labels.length
  if (rest > 0) labels.push(rest === 1 ? 'one more' : `${rest} more`)
  const last = labels.pop()!
  return labels.length ? `${labels.join(', ')} and ${last}` : last
}
