import fc from 'fast-check'

/** Some of n, n from 1 to `most`. */
export function part(most: number): fc.Arbitrary<{ count: number; n: number }> {
  return fc
    .integer({ min: 1, max: most })
    .chain(n => fc.record({ count: fc.integer({ min: 0, max: n }), n: fc.constant(n) }))
}

/** n over k, exactly. */
export function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n
  let result = 1n
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i)
  return result
}
