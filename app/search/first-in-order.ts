/** The first `count` of a list in order, without sorting the rest (a heap of the best so far, the worst on top). */
export function firstInOrder<T>(list: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
  if (count >= list.length / 2) return list.toSorted(compare).slice(0, count)
  const heap: T[] = []
  const sink = (from: number): void => {
    let at = from
    for (;;) {
      let worst = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && compare(heap[child]!, heap[worst]!) > 0) worst = child
      if (worst === at) return
      ;[heap[at], heap[worst]] = [heap[worst]!, heap[at]!]
      at = worst
    }
  }
  // From the end: documents are mostly numbered in the order of time, and the newest are often wanted first.
  for (let i = list.length - 1; i >= 0; i--) {
    const item = list[i]!
    if (heap.length < count) {
      heap.push(item)
      if (heap.length === count) for (let at = count >> 1; at >= 0; at--) sink(at)
    } else if (count > 0 && compare(item, heap[0]!) < 0) {
      heap[0] = item
      sink(0)
    }
  }
  return heap.sort(compare)
}
