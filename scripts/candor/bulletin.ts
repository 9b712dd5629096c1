/** `candor verify-bulletin`: what a stranger can check, with nothing but the bulletin's JSON. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type BulletinProblem, checkBulletin, isBulletin } from '#app/surveys/respond/bulletin-check.ts'
import type { Receipts } from '#app/surveys/respond/cast.ts'
import { readReceipts } from '#app/surveys/respond/receipt-file.ts'
import { ENGLISH } from '#app/surveys/respond/words-en.ts'
import { pathGiven } from './context.ts'

export function addBulletin(program: Command): void {
  program
    .command('verify-bulletin <file>')
    .description('check a closed wave’s bulletin: every signature, none twice, cast ≤ collected ≤ invited')
    .option('--receipt <file>', 'and that this receipt is in it')
    .option(
      '--fingerprint <sha256>',
      'of the wave’s key, from the charter; without, the bulletin’s own key is believed',
    )
    .action(async (file: string, options: { receipt?: string; fingerprint?: string }) => {
      let bulletin: unknown
      try {
        bulletin = JSON.parse(readFileSync(pathGiven(file), 'utf8'))
      } catch {
        throw new Error(`${file} is not there, or is not JSON.`)
      }
      const receipts = options.receipt === undefined ? null : readReceiptFile(options.receipt)
      await reportBulletin(bulletin, { fingerprint: options.fingerprint ?? null, receipts })
    })
}

/** @throws Error for a file without a receipt. */
export function readReceiptFile(file: string): Receipts {
  const receipts = readReceipts(readFileSync(pathGiven(file), 'utf8'))
  if (!receipts) throw new Error(`${file} has no receipt.`)
  return receipts
}

/** Prints what was checked. @throws Error naming everything that is wrong. */
export async function reportBulletin(
  bulletin: unknown,
  { fingerprint, receipts }: { fingerprint: string | null; receipts: Receipts | null },
): Promise<void> {
  if (!isBulletin(bulletin)) throw new Error('That is no bulletin.')
  const problems = await checkBulletin(bulletin, fingerprint, receipts)
  if (problems.length > 0) throw new Error(problems.map(inWords).join('\n'))
  const { invited, collected, cast } = bulletin
  console.log(`${invited} invited, ${collected} collected, ${cast} cast: every ballot is valid, none is there twice.`)
  if (receipts) console.log('Your receipt is in the bulletin: you were counted.')
}

function inWords(problem: BulletinProblem): string {
  return problem === 'receipt-missing' ? ENGLISH.notCounted : `Wrong: ${ENGLISH[problem]}.`
}
