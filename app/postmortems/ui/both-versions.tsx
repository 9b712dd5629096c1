/** Two versions of a section side by side, and what an earlier visit left: the writer chooses, nothing is lost. */
import { When } from '#app/ui/time.tsx'
import { type EditorSection, isTextSection, whyRows } from '../editor-sections.ts'
import type { SectionValue } from '../merge-section.ts'
import type { KeptCopy } from './kept-copies.ts'

export function Conflict({
  section,
  theirs,
  savedBy,
  read,
  onChoose,
}: {
  section: EditorSection
  theirs: SectionValue
  savedBy: string | null
  /** What stands in the fields. */
  read(): SectionValue
  /** Null without JavaScript: there, what is in the fields is saved next. */
  onChoose: ((theirs: SectionValue, chosen: SectionValue) => void) | null
}) {
  const both = (): SectionValue => {
    const mine = read()
    return { ...mine, fields: { ...mine.fields, text: `${theirs.fields.text ?? ''}\n\n${mine.fields.text ?? ''}` } }
  }
  return (
    <section className="conflict" aria-label="The version that was saved meanwhile">
      <p>
        <strong>{savedBy ?? 'Somebody'} saved another version while you wrote.</strong> Theirs stands here, yours in the
        fields below. {onChoose ? 'Choose one, or change yours first.' : 'Take over what you need, then save.'}
      </p>
      <pre className="version">{inWords(theirs)}</pre>
      {onChoose ? (
        <p className="actions">
          <button type="button" className="btn small" onClick={() => onChoose(theirs, read())}>
            Keep mine
          </button>
          <button type="button" className="btn small" onClick={() => onChoose(theirs, theirs)}>
            Take theirs
          </button>
          {isTextSection(section) ? (
            <button type="button" className="btn small" onClick={() => onChoose(theirs, both())}>
              Keep both
            </button>
          ) : null}
        </p>
      ) : null}
    </section>
  )
}

export function Offer({ offer, onTake, onDecline }: { offer: KeptCopy; onTake(): void; onDecline(): void }) {
  return (
    <section className="conflict" aria-label="What was not saved">
      <p>
        <strong>
          What you wrote here on <When at={offer.at} show="minute" /> was not saved.
        </strong>{' '}
        This browser kept it.
      </p>
      <pre className="version">{inWords(offer.mine)}</pre>
      <p className="actions">
        <button type="button" className="btn small" onClick={onTake}>
          Put it back
        </button>
        <button type="button" className="btn small quiet" onClick={onDecline}>
          Let it go
        </button>
      </p>
    </section>
  )
}

function inWords({ fields, rows }: SectionValue): string {
  if (rows.length === 0 && Object.keys(fields).join() === 'text') return fields.text || '(empty)'
  const lines = Object.entries(fields)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}: ${text.replaceAll('\n', ', ')}`)
  for (const { id: _id, whys = '', ...row } of rows) {
    lines.push(`– ${Object.values(row).filter(Boolean).join(' · ').replaceAll('\n', ', ')}`)
    for (const { depth, text } of whyRows(whys)) lines.push(`${'  '.repeat(depth + 1)}Why? ${text}`)
  }
  return lines.join('\n') || '(empty)'
}
