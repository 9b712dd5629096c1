/** argon2id, with the parameters that OWASP names as the least: 19 MiB, two passes. */
import { hash, verify } from '@node-rs/argon2'

const LONGEST = 1_000
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** One password, one form: the same letters typed on another keyboard may be composed differently. */
function prepared(password: string): string {
  return password.slice(0, LONGEST).normalize('NFKC')
}

export function hashPassword(password: string): Promise<string> {
  return hash(prepared(password), OPTIONS)
}

let decoy: Promise<string> | null = null

/**
 * Compares a password with a stored hash. Without one the same work is done in vain, so that the time taken does not
 * tell whether there is an account.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', OPTIONS)
  const matches = await verify(passwordHash ?? (await decoy), prepared(password))
  return matches && passwordHash !== null
}
