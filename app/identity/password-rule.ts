/** What a password must be. Length does most of the work (NIST SP 800-63B); no rules about kinds of characters. */
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { SHORTEST_PASSWORD } from './password-help.ts'

const LONGEST_PASSWORD = 1_000

/** Why this password will not do for the person with this e-mail, or null. */
export function passwordComplaint(password: string, email: string): string | null {
  const length = [...password].length
  if (length < SHORTEST_PASSWORD) return `Use at least ${SHORTEST_PASSWORD} characters: this has ${length}.`
  if (password.length > LONGEST_PASSWORD) return `Use at most ${LONGEST_PASSWORD} characters.`
  const folded = password.normalize('NFKC').toLowerCase().trim()
  if (folded === email || folded === email.split('@')[0]) return 'Use something other than your e-mail address.'
  if (isCommon(folded)) return 'Many people use this password, so it is among the first that are tried. Choose another.'
  return null
}

/** In the list itself, or a listed word repeated or with digits and marks added at its end. */
function isCommon(folded: string): boolean {
  if (COMMON_PASSWORDS.has(folded) || COMMON_PASSWORDS.has(folded.replace(/[^\p{L}]+$/u, ''))) return true
  if (new Set(folded).size <= 2 || isRun(folded)) return true
  const half = folded.slice(0, folded.length / 2)
  return half + half === folded && (COMMON_PASSWORDS.has(half) || isRun(half))
}

/** 1234567890, abcdefghij, 9876543210. */
function isRun(text: string): boolean {
  const codes = [...text].map(letter => letter.codePointAt(0) as number)
  const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] as number)))
  return steps.size === 1 || '12345678901234567890'.includes(text)
}
