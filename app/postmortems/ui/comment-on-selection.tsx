import { useEffect, useState } from 'react'

const CONTEXT = 100
const LONGEST = 2_000

/** Where words of the text are selected, a link to comment on them. Without scripts one pastes them there. */
export function CommentOnSelection({ slug, textId }: { slug: string; textId: string }) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const look = () => setAddress(addressOf(slug, document.getElementById(textId)))
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [slug, textId])
  return address ? (
    <a className="btn primary choose-passage no-print" href={address}>
      Comment on these words
    </a>
  ) : null
}

function addressOf(slug: string, text: HTMLElement | null): string | null {
  const selection = document.getSelection()
  const words = selection?.toString().trim() ?? ''
  if (!text || !selection?.rangeCount || !words || words.length > LONGEST) return null
  const chosen = selection.getRangeAt(0)
  if (!text.contains(chosen.commonAncestorContainer)) return null
  const before = document.createRange()
  before.setStart(text, 0)
  before.setEnd(chosen.startContainer, chosen.startOffset)
  const after = document.createRange()
  after.setStart(chosen.endContainer, chosen.endOffset)
  after.setEnd(text, text.childNodes.length)
  const inOneLine = (some: string) => some.replace(/\s+/g, ' ')
  const query = new URLSearchParams({
    passage: words,
    prefix: inOneLine(before.toString()).slice(-CONTEXT),
    suffix: inOneLine(after.toString()).slice(0, CONTEXT),
  })
  return `/library/${slug}/comments?${query}#new`
}
