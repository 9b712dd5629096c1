import { line } from './fields.ts'

export const teamName = line('the team’s name', 120)

/** When two spellings mean the same team. */
export function teamKey(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}
