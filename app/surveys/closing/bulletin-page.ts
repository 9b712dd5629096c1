/** Which part of a bulletin a page shows. Pure. */

/** So many receipts are shown on one page without asking for their first character. */
const ON_ONE_PAGE = 300

export interface BulletinPart {
  /** The receipts shown, sorted; null where a first character must be chosen. */
  receipts: string[] | null
  commentReceipts: string[]
  /** First characters that occur, to choose from; empty where all receipts are shown. */
  beginnings: string[]
}

/** @param begins the first character of a receipt; anything else counts as none. */
export function partOf(
  { entries, commentReceipts }: { entries: readonly { receipt: string }[]; commentReceipts: readonly string[] },
  begins: string | null,
): BulletinPart {
  const receipts = entries.map(entry => entry.receipt).sort()
  if (receipts.length + commentReceipts.length <= ON_ONE_PAGE)
    return { receipts, commentReceipts: [...commentReceipts], beginnings: [] }
  const beginnings = [...new Set([...receipts, ...commentReceipts].map(receipt => receipt.slice(0, 1)))].sort()
  if (begins === null || !beginnings.includes(begins)) return { receipts: null, commentReceipts: [], beginnings }
  const isHere = (receipt: string) => receipt.startsWith(begins)
  return { receipts: receipts.filter(isHere), commentReceipts: commentReceipts.filter(isHere), beginnings }
}
