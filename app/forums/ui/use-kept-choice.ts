/** A choice that belongs to a browser, such as whether it may make a sound. */
import { useEffect, useState } from 'react'

/** @returns the choice and how to make it; the server renders `first`. */
export function useKeptChoice(name: string, first: boolean): [boolean, (is: boolean) => void] {
  const [isOn, setOn] = useState(first)
  const key = `candor:${name}`
  useEffect(() => {
    try {
      const kept = localStorage.getItem(key)
      if (kept !== null) setOn(kept === 'yes')
    } catch {
      // A browser that keeps nothing keeps the first choice.
    }
  }, [key])
  return [
    isOn,
    is => {
      setOn(is)
      try {
        localStorage.setItem(key, is ? 'yes' : 'no')
      } catch {
        // It holds until the page is left.
      }
    },
  ]
}
