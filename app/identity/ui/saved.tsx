import { useSearchParams } from '@remix-run/react'
import './people.css'

/** Says once, after a form has led back here, that it was saved. `words` by the value of `?saved=` in the address. */
export function Saved({ words }: { words: Record<string, string> }) {
  const [search] = useSearchParams()
  const text = words[search.get('saved') ?? '']
  return text ? (
    <div className="notice said" role="status">
      <p>{text}</p>
    </div>
  ) : null
}
