import { useEffect, useState } from 'react'

/** The text to take along: selected by hand, or copied with a button where scripts run. */
export function CopyText({ text }: { text: string }) {
  const [canCopy, setCanCopy] = useState(false)
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => setCanCopy('clipboard' in navigator), [])
  return (
    <details className="no-print">
      <summary>As plain text</summary>
      <label className="field">
        <span>To copy into a chat or a mail</span>
        <textarea readOnly rows={10} className="mono" value={text} />
      </label>
      {canCopy ? (
        <p>
          <button
            type="button"
            className="btn small"
            onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}
          >
            Copy
          </button>{' '}
          <span role="status">{isCopied ? 'Copied.' : ''}</span>
        </p>
      ) : null}
    </details>
  )
}
