import { randomBytes } from 'node:crypto'

/** An identifier without any order, unlike newId, which sorts by the time of its making. */
export function randomId(): string {
  return randomBytes(16).toString('hex')
}
