/** Small numbers for the values of one facet, so that counting them over thousands of documents is array work. */
import { fold } from './word-forms.ts'

export class FacetNames {
  readonly values: string[] = []
  readonly labels: string[] = []
  readonly #ids = new Map<string, number>()

  /** The number of a value; the label that was heard last is kept. */
  id(value: string, label: string): number {
    let id = this.#ids.get(value)
    if (id === undefined) {
      id = this.values.push(value) - 1
      this.#ids.set(value, id)
    }
    this.labels[id] = label
    return id
  }

  /** Every value that someone may mean by `text`: itself or its label, however capitals and joints are written. */
  meantBy(text: string): Set<number> {
    const key = nameKey(text)
    const meant = new Set<number>()
    this.values.forEach((value, id) => {
      if (value === text || nameKey(value) === key || nameKey(this.labels[id]!) === key) meant.add(id)
    })
    return meant
  }
}

function nameKey(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
