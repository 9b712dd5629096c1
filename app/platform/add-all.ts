/** `target.push(...items)` for lists of any length: a spread of a hundred thousand is more than the call stack holds. */
export function addAll<T>(target: T[], items: Iterable<T>): void {
  for (const item of items) target.push(item)
}
