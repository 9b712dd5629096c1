import { useEffect, useRef, useState } from 'react'

/** A text to paste into a chat: selected and copied by hand, or by a button where scripts run. */
export function MarkdownToCopy({ text }: { text: string }) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [state, setState] = useState<'none' | 'ready' | 'copied'>('none')
  useEffect(() => setState('ready'), [])
  async function copy() {
    area.current?.select()
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      // Without the permission the text stands selected, for the keyboard's own copy.
    }
  }
  return (
    <section aria-labelledby="for-a-chat" className="no-print">
      <h2 id="for-a-chat">For a chat</h2>
      <div className="field">
        <label htmlFor="markdown">The handoff as Markdown</label>
        <textarea id="markdown" ref={area} className="mono" rows={10} readOnly value={text} />
      </div>
      {state === 'none' ? null : (
        <p>
          <button type="button" className="btn" onClick={copy}>
            Copy
          </button>{' '}
          <span role="status">{state === 'copied' ? 'Copied.' : ''}</span>
        </p>
      )}
    </section>
  )
}
