import { useEffect, useState } from 'react'

interface Suggestion {
  kind: string
  label: string
  to: string
}

/** So long somebody may still be typing. */
const PAUSE_MS = 90
const LONGEST = 80

/** What the server offers for what has been typed; nothing while it is empty, long, or the server is silent. */
export function useSuggestions(typed: string): Suggestion[] {
  const [offered, setOffered] = useState<{ typed: string; list: Suggestion[] }>({ typed: '', list: [] })
  const wanted = typed.trim()
  const isWanted = wanted.length > 1 && wanted.length <= LONGEST
  useEffect(() => {
    if (!isWanted) return
    const control = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/suggestions?q=${encodeURIComponent(wanted)}`, { signal: control.signal })
        // Signed out meanwhile, the answer is a page.
        if (!answer.ok || answer.redirected) return
        const { suggestions } = (await answer.json()) as { suggestions: Suggestion[] }
        setOffered({ typed: wanted, list: suggestions })
      } catch {
        // Without an answer the field is a field.
      }
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [wanted, isWanted])
  return isWanted && offered.typed === wanted ? offered.list : []
}
