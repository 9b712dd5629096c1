/** What two things have in common, in a few words: 'same service, both about certificate expiry'. */

export interface Shared {
  family: boolean
  services: readonly { label: string }[]
  themes: readonly { label: string }[]
  /** Whether their words are alike. */
  words: boolean
}

const MOST_NAMED = 2

/** @returns '' where nothing is shared that can be named. */
export function sharedReason({ family, services, themes, words }: Shared): string {
  const parts: string[] = []
  if (family) parts.push('same family')
  if (services.length > 0) parts.push(services.length === 1 ? 'same service' : `${services.length} services shared`)
  if (themes.length > 0) parts.push(`both about ${named(themes.map(theme => inRunningText(theme.label)))}`)
  else if (words) parts.push('told in much the same words')
  return parts.join(', ')
}

function named(labels: readonly string[]): string {
  const some = labels.slice(0, MOST_NAMED)
  const rest = labels.length - some.length
  if (rest > 0) return `${some.join(', ')} and ${rest} more`
  return some.join(' and ')
}

/** Names begin small in a sentence, but for abbreviations. */
function inRunningText(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}
