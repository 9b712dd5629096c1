/** What is made of an exhibit, made once: one that is shown never changes, and many readers are shown the same. */
export function madeOnce<E extends object>(make: (exhibit: E) => string): (exhibit: E) => string {
  const made = new WeakMap<E, string>()
  return exhibit => {
    const text = made.get(exhibit) ?? make(exhibit)
    made.set(exhibit, text)
    return text
  }
}
