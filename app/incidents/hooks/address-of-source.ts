/** Where a program delivers. */
import { isSourceKind, KINDS } from './source-kinds.ts'

/** @param secret stands in the address of the kinds that have no other place for it; without it, its place is shown. */
export function addressOfSource(
  origin: string,
  { slug, kind }: { slug: string; kind: string },
  secret: string | null = null,
): string {
  const address = `${origin}/hooks/${slug}`
  if (!isSourceKind(kind) || KINDS[kind].proof !== 'address') return address
  return `${address}?secret=${secret === null ? '…' : encodeURIComponent(secret)}`
}
