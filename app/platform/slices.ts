/** Long lists in parts, so that no statement has too many parameters and no work holds the loop for long. */

/** A list in parts of at most `size`, since databases limit the parameters of one statement. */
export function slicesOf<T>(list: readonly T[], size = 500): T[][] {
  const slices: T[][] = []
  for (let from = 0; from < list.length; from += size) slices.push(list.slice(from, from + size))
  return slices
}

/**
 * Does a list part by part; other requests have their turn in between.
 * @param progress how many were done before, and who is told how many are done after each part.
 */
export async function eachSlice<T>(
  list: readonly T[],
  size: number,
  progress: { done: number; tell?: (done: number) => void },
  work: (slice: T[]) => Promise<void>,
): Promise<void> {
  let { done } = progress
  for (const slice of slicesOf(list, size)) {
    await work(slice)
    done += slice.length
    progress.tell?.(done)
    await pause()
  }
}

/** Lets whoever waits have their turn. */
export function pause(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
