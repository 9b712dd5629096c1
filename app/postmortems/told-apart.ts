/** Telling whether an imported record is in the library already, or came before in the same import. */
import type { Identity } from './postmortem-queries.server.ts'
import type { PostmortemRecord } from './record.ts'
import type { Understood } from './understood.ts'

/** A record of the library that an imported one may be, with the hashes by which it is recognised unchanged. */
export interface Known extends Identity {
  hashes: ReadonlySet<string>
  /** Not for the one who imports: neither its title is told nor anything of it changed. */
  isHidden: boolean
}

export type Match =
  | { kind: 'new'; note: string | null }
  | { kind: 'same'; known: Known }
  | { kind: 'repeat'; note: string }

export interface ToMatch {
  item: Understood
  /** The incident that its key names, if Candor has it. */
  incidentId: string | null
  hash: string
}

/**
 * What this import has met so far. Records without external_id and source_url are told apart by incident, else by title
 * and date, which two different ones may share: then each is matched by its content first, and what is left over is
 * taken as new rather than written over the wrong one.
 */
export class ThisImport {
  readonly #externalIds = new Set<string>()
  readonly #urls = new Map<string, string>()
  readonly #loose = new Set<string>()
  readonly #claimed = new Set<string>()
  #undo: (() => void)[] = []

  /** From here on `rollBack` forgets what was added. */
  begin(): void {
    this.#undo = []
  }

  rollBack(): void {
    for (const undo of this.#undo) undo()
    this.#undo = []
  }

  /** Records that this import made are not what a later one of it is compared with. */
  claim(id: string): void {
    this.#add(this.#claimed, id)
  }

  /** What each of these is, in order; from now on they count as met. */
  match(items: ToMatch[], library: Known[]): Match[] {
    const known = new Library(library)
    const exact = new Map<ToMatch, Known>()
    for (const one of items) {
      if (!isLoose(one.item.record)) continue
      const found = this.#free(known.loose(one)).find(candidate => candidate.hashes.has(one.hash))
      if (!found) continue
      this.claim(found.id)
      exact.set(one, found)
    }
    return items.map(one => this.#matchOne(one, known, exact.get(one)))
  }

  #matchOne(one: ToMatch, library: Library, exact: Known | undefined): Match {
    const { item, hash } = one
    const earlier = this.#earlier(one)
    if (earlier) return { kind: 'repeat', note: earlier }
    const match = isLoose(item.record) ? this.#matchLoosely(one, library, exact) : library.match(item)
    if (match.kind === 'repeat') return match
    const { externalId, sourceUrl, title } = item.record
    if (externalId) this.#add(this.#externalIds, externalId)
    if (sourceUrl) {
      this.#urls.set(sourceUrl, title)
      this.#undo.push(() => this.#urls.delete(sourceUrl))
    }
    for (const key of looseKeys(one)) {
      this.#add(this.#loose, key)
      this.#add(this.#loose, `${key} ${hash}`)
    }
    if (match.kind === 'same' && match.known.isHidden) return { kind: 'repeat', note: HIDDEN }
    return match
  }

  #matchLoosely(one: ToMatch, library: Library, exact: Known | undefined): Match {
    if (exact) return { kind: 'same', known: exact }
    const candidates = this.#free(library.loose(one))
    const [only, another] = candidates
    if (only && !another) {
      this.claim(only.id)
      return { kind: 'same', known: only }
    }
    const twin = only !== undefined || looseKeys(one).some(key => this.#loose.has(key))
    return { kind: 'new', note: twin ? TWIN : null }
  }

  #earlier(one: ToMatch): string | null {
    const { record, duplicateOf } = one.item
    if (record.externalId && this.#externalIds.has(record.externalId))
      return `external_id ${record.externalId} came earlier in this import.`
    if (duplicateOf && this.#externalIds.has(duplicateOf)) return 'Repeats a record that came earlier in this import.'
    const title = record.sourceUrl ? this.#urls.get(record.sourceUrl) : undefined
    if (title !== undefined) return `Its address came earlier in this import: “${title}”.`
    if (looseKeys(one).some(key => this.#loose.has(`${key} ${one.hash}`)))
      return 'The same came earlier in this import.'
    return null
  }

  #free(candidates: Known[]): Known[] {
    return candidates.filter(candidate => !this.#claimed.has(candidate.id))
  }

  #add(set: Set<string>, value: string): void {
    if (set.has(value)) return
    set.add(value)
    this.#undo.push(() => set.delete(value))
  }
}

const HIDDEN = 'The library has this already.'
const TWIN = 'There is another one with the same title and date, or of the same incident: both were taken.'

/** The library's records by the four ways of telling. */
class Library {
  readonly #byExternalId = new Map<string, Known>()
  readonly #byUrl = new Map<string, Known[]>()
  readonly #byLooseKey = new Map<string, Known[]>()

  constructor(known: Known[]) {
    for (const one of [...known].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (one.external_id) this.#byExternalId.set(one.external_id, one)
      if (one.source_url) push(this.#byUrl, one.source_url, one)
      if (one.incident_id) push(this.#byLooseKey, incidentKey(one.incident_id), one)
      else if (one.incident_key) push(this.#byLooseKey, namedIncident(one.incident_key), one)
      if (!one.external_id && !one.source_url) push(this.#byLooseKey, titleKey(one.title, one.published_at), one)
    }
  }

  /** By external_id, duplicate_of and source_url. */
  match({ record, duplicateOf }: Understood): Match {
    const own = record.externalId ? this.#byExternalId.get(record.externalId) : undefined
    if (own) return { kind: 'same', known: own }
    const original = duplicateOf ? this.#byExternalId.get(duplicateOf) : undefined
    if (original) return repeatOf(original, title => `Says that it repeats “${title}”, which is in the library.`)
    const sameAddress = record.sourceUrl ? (this.#byUrl.get(record.sourceUrl) ?? []) : []
    const same = sameAddress.find(one => one.external_id === record.externalId)
    if (same) return { kind: 'same', known: same }
    const [other] = sameAddress
    return other
      ? repeatOf(other, title => `The library has this address already: “${title}”.`)
      : { kind: 'new', note: null }
  }

  /** By incident; by title and date those that belong to no incident, or to none in either. */
  loose(one: ToMatch): Known[] {
    const [first = '', second] = looseKeys(one)
    const found = this.#byLooseKey.get(first) ?? []
    if (found.length > 0 || second === undefined) return found
    return (this.#byLooseKey.get(second) ?? []).filter(({ incident_id, incident_key }) => !incident_id && !incident_key)
  }
}

function repeatOf(known: Known, note: (title: string) => string): Match {
  return { kind: 'repeat', note: known.isHidden ? HIDDEN : note(known.title) }
}

function isLoose({ externalId, sourceUrl }: PostmortemRecord): boolean {
  return !externalId && !sourceUrl
}

/** By what a record without external_id and source_url is told apart, the strongest first. */
function looseKeys({ item: { record }, incidentId }: ToMatch): string[] {
  if (!isLoose(record)) return []
  const byTitle = titleKey(record.title, record.publishedAt)
  if (!record.incidentKey) return [byTitle]
  return [incidentId ? incidentKey(incidentId) : namedIncident(record.incidentKey), byTitle]
}

function incidentKey(id: string): string {
  return `incident ${id}`
}

function namedIncident(key: string): string {
  return `key ${key.toLowerCase()}`
}

function titleKey(title: string, publishedAt: string | null): string {
  return `title ${publishedAt ?? ''} ${title}`
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
