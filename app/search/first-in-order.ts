/** The first `count` of a list in order, without sorting the rest (a heap of the best so far, the worst on top). */
export function firstInOrder<T>(list: ArrayLike<T>, count: number, compare: (a: T, b: T) => number): T[] {
  if (count >= list.length / 2) return Array.from(list).sort(compare).slice(0, count)
  const heap: T[] = []
  const sink = (item: T, from: number): void => {
    let at = from
    for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child++
      if (compare(heap[child]!, item) <= 0) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = item
  }
  // From the end: documents are mostly numbered in the order of time, and the newest are often wanted first.
  for (let i = list.length - 1; i >= 0; i--) {
    const item = list[i]!
    if (heap.length < count) {
      heap.push(item)
      if (heap.length === count) for (let at = count >> 1; at >= 0; at--) sink(heap[at]!, at)
    } else if (count > 0 && compare(item, heap[0]!) < 0) sink(item, 0)
  }
  return heap.sort(compare)
}
