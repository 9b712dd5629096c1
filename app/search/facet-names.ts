/** Small numbers for the values of one facet, so that counting them over thousands of documents is array work. */
import { fold } from './word-forms.ts'

export class FacetNames {
  readonly values: string[] = []
  readonly labels: string[] = []
  readonly #ids = new Map<string, number>()
  readonly #labelKeys: string[] = []

  /** The number of a value; the label that was heard last is kept. */
  id(value: string, label: string): number {
    let id = this.#ids.get(value)
    if (id === undefined) {
      id = this.values.push(value) - 1
      this.#ids.set(value, id)
    }
    if (this.labels[id] !== label) {
      this.labels[id] = label
      this.#labelKeys[id] = nameKey(label)
    }
    return id
  }

  /** The numbers of exactly these values, as far as there are any. */
  numbersOf(values: readonly string[]): Set<number> {
    return new Set(values.flatMap(value => this.#ids.get(value) ?? []))
  }

  /** Every value that someone may mean by `text`: itself, or its label however capitals and joints are written. */
  meantBy(text: string): Set<number> {
    const exact = this.#ids.get(text)
    if (exact !== undefined) return new Set([exact])
    const key = nameKey(text)
    return new Set(this.#labelKeys.flatMap((labelKey, id) => (labelKey === key || this.values[id] === key ? [id] : [])))
  }
}

function nameKey(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
