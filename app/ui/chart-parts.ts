/** What every chart needs: colours of the theme that shows, and the keys that lead from point to point. */

/** The point that a key leads to, or null for other keys. */
export function neighbour(key: string, at: number | null, count: number): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'ArrowRight') return Math.min(at === null ? 0 : at + 1, count - 1)
  if (key === 'ArrowLeft') return Math.max(at === null ? count - 1 : at - 1, 0)
  return null
}

/** The value of a custom property by now. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** Calls back when the system or the account menu switches between light and dark. */
export function watchAppearance(changed: () => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const pinned = new MutationObserver(changed)
  dark.addEventListener('change', changed)
  pinned.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    dark.removeEventListener('change', changed)
    pinned.disconnect()
  }
}
