/** Which comments of a wave may be published. Pure. */

import type { Release } from '../disclosure/release.ts'
import { type Item, itemsOf, type Questionnaire } from '../questionnaires/questionnaire.ts'

export interface KeptComment {
  item: string
  /** With names redacted. */
  text: string
  isRedacted: boolean
}

/**
 * The release with its comments: of each question those that at least k people wrote, in the order of the
 * questionnaire, each list in an order that `shuffle` decides; none where the question itself is hidden, or where there
 * are more answers than invited. What is not in the result is never shown and must be erased.
 */
export function withComments(
  release: Release,
  questionnaire: Questionnaire,
  kept: readonly KeptComment[],
  shuffle: (texts: readonly string[]) => string[],
): Release {
  const shown = publishableItems(release, questionnaire, kept)
  const comments = shown.map(({ id }) => ({
    item: id,
    texts: shuffle(kept.filter(comment => comment.item === id).map(({ text }) => text)),
  }))
  const redacted = kept.filter(({ item, isRedacted }) => isRedacted && shown.some(one => one.id === item)).length
  return { ...release, comments, redacted }
}

/** The questions whose comments may be published. */
export function publishableItems(
  release: Release,
  questionnaire: Questionnaire,
  kept: readonly Pick<KeptComment, 'item'>[],
): Item[] {
  if (release.cast > release.invited) return []
  const isHidden = (id: string) => release.items.find(item => item.id === id)?.hidden ?? true
  const countOf = (id: string) => kept.filter(comment => comment.item === id).length
  return itemsOf(questionnaire).filter(({ id }) => !isHidden(id) && countOf(id) >= release.k)
}
