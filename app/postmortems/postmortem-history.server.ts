import { diffLines } from 'diff'
import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { writeCandorMarkdown } from './candor-format.ts'
import { revisionDocuments, revisionsOf } from './postmortem-queries.server.ts'
import { visibleRow } from './read-postmortem.server.ts'
import type { PostmortemRecord } from './record.ts'

export interface Change {
  kind: 'same' | 'added' | 'removed' | 'skipped'
  text: string
}

/** Unchanged lines shown on either side of a change. */
const CONTEXT_LINES = 3
const DIFF_TIMEOUT_MS = 500

/** The revisions of a postmortem and the differences between two; by default the last against the one before. */
export async function postmortemHistory(
  { db, actor }: { db: Db; actor: Actor },
  slug: string,
  wanted: { from: number; to: number },
) {
  const row = await visibleRow({ db, actor }, slug)
  const revisions = await revisionsOf(db, row.id)
  const numbers = new Set(revisions.map(revision => revision.number))
  const to = numbers.has(wanted.to) ? wanted.to : row.revision
  const from = numbers.has(wanted.from) ? wanted.from : Math.max(1, to - 1)
  const documents = await revisionDocuments(db, row.id, [from, to])
  const text = (number: number) => writeCandorMarkdown(JSON.parse(documents.get(number) ?? '{}') as PostmortemRecord)
  return {
    slug: row.slug,
    title: row.title,
    revisions,
    from,
    to,
    changes: from === to ? [] : differences(text(from), text(to)),
  }
}

/** Line by line, with unchanged stretches cut down to their edges. */
export function differences(before: string, after: string): Change[] {
  const parts = diffLines(readable(before), readable(after), { timeout: DIFF_TIMEOUT_MS })
  if (!parts) return [{ kind: 'skipped', text: 'These two are too different to compare line by line.' }]
  if (parts.every(part => !part.added && !part.removed)) return []
  return parts.flatMap((part, index): Change[] => {
    if (part.added) return [{ kind: 'added', text: part.value }]
    if (part.removed) return [{ kind: 'removed', text: part.value }]
    return shorten(part.value, index === 0, index === parts.length - 1)
  })
}

/** The form's own markers are not what a person wrote; the readable copy of the lists would show changes twice. */
function readable(document: string): string {
  return document
    .replace(/<!-- candor:readable -->[\s\S]*$/, '')
    .replace(/ ?<!-- candor:\w+ -->/g, '')
    .replace(/^candor: 1\n/m, '')
}

function shorten(text: string, isFirst: boolean, isLast: boolean): Change[] {
  const lines = text.replace(/\n$/, '').split('\n')
  const head = isFirst ? 0 : CONTEXT_LINES
  const tail = isLast ? 0 : CONTEXT_LINES
  const skipped = lines.length - head - tail
  if (skipped <= 2) return [{ kind: 'same', text }]
  const same = (some: string[]): Change[] => (some.length ? [{ kind: 'same', text: `${some.join('\n')}\n` }] : [])
  return [
    ...same(lines.slice(0, head)),
    { kind: 'skipped', text: `${skipped} unchanged lines` },
    ...same(lines.slice(lines.length - tail)),
  ]
}
