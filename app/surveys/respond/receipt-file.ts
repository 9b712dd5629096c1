/** Receipts as a few lines of text, to be saved, pasted and read again. */
import type { Receipts } from './cast.ts'

export function writeReceipts(wave: string, { receipt, commentReceipts }: Receipts): string {
  return [`wave: ${wave}`, `receipt: ${receipt}`, ...commentReceipts.map(one => `comment: ${one}`), ''].join('\n')
}

/** @returns null where the text has no receipt. A receipt alone will do. */
export function readReceipts(text: string): Receipts | null {
  const labelled = (label: string) =>
    [...text.matchAll(new RegExp(`^\\s*${label}:\\s*([\\w-]{43})\\s*$`, 'gm'))].map(match => match[1] as string)
  const receipt = labelled('receipt')[0] ?? /^\s*([\w-]{43})\s*$/.exec(text)?.[1]
  return receipt === undefined ? null : { receipt, commentReceipts: labelled('comment') }
}
