/** What an administrator says about a source: which of its words mean what here. One line each, `theirs = ours`. */
import type { FieldError } from '#app/platform/errors.ts'
import { normaliseSeverity } from '../normalise.ts'
import type { Severity } from '../vocabulary.ts'

/** By the other program's word in lower case. */
export interface SourceTables {
  severities: Record<string, Severity>
  services: Record<string, string>
  /** Deployments elsewhere do not count; an empty list lets all of them count. */
  environments: string[]
}

const LONGEST_NAME = 200
const MOST_LINES = 500

/** The severity that a source's word stands for: by its table, else where the word itself is one. Null if neither. */
export function severityFor({ severities }: SourceTables, word: string | null): Severity | null {
  if (word === null) return null
  const key = keyOf(word)
  return Object.hasOwn(severities, key) ? severities[key]! : (normaliseSeverity(word) ?? null)
}

/**
 * The names here of what a source calls otherwise. A name that the table does not have stays as it is, but for the
 * marks that part services in our imports and exports.
 */
export function servicesFor({ services }: SourceTables, names: readonly string[]): string[] {
  return names.flatMap(name => {
    const ours = Object.hasOwn(services, keyOf(name)) ? services[keyOf(name)]! : name.replace(/\s*[;|]\s*/g, ', ')
    return ours === LEFT_OUT ? [] : ours
  })
}

/** Stands for no service: some programs list things that are none. */
const LEFT_OUT = '-'

export function countsAsDeployment({ environments }: SourceTables, environment: string | null): boolean {
  return environments.length === 0 || (environment !== null && environments.includes(keyOf(environment)))
}

/** Words are compared in lower case, on one line. */
export function keyOf(word: string): string {
  return word.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Reads what was typed; the errors name the lines. */
export function readTables(typed: { severities: string; services: string; environments: string }): {
  tables: SourceTables
  errors: FieldError[]
} {
  const errors: FieldError[] = []
  const severities: [string, Severity][] = []
  for (const { line, theirs, ours } of pairs('severities', typed.severities, errors)) {
    const severity = normaliseSeverity(ours)
    if (severity) severities.push([theirs, severity])
    else errors.push({ path: 'severities', message: `Line ${line}: write SEV-1 to SEV-4 after the = sign.` })
  }
  const services = pairs('services', typed.services, errors).map(({ theirs, ours }): [string, string] => [theirs, ours])
  const environments = lines(typed.environments).map(({ text }) => keyOf(text))
  for (const field of ['severities', 'services', 'environments'] as const)
    if (lines(typed[field]).length > MOST_LINES)
      errors.push({ path: field, message: `At most ${MOST_LINES} lines are kept.` })
  if (environments.some(name => name.length > LONGEST_NAME))
    errors.push({ path: 'environments', message: `A name has at most ${LONGEST_NAME} characters.` })
  return {
    tables: {
      severities: Object.fromEntries(severities),
      services: Object.fromEntries(services),
      environments: [...new Set(environments)],
    },
    errors,
  }
}

/** The tables as somebody would type them. */
export function writeTables(tables: SourceTables): { severities: string; services: string; environments: string } {
  const written = (table: Record<string, string>) =>
    Object.entries(table)
      .map(([theirs, ours]) => `${theirs} = ${ours}`)
      .join('\n')
  return {
    severities: written(tables.severities),
    services: written(tables.services),
    environments: tables.environments.join('\n'),
  }
}

function lines(text: string): { line: number; text: string }[] {
  return text
    .split('\n')
    .map((one, index) => ({ line: index + 1, text: one.trim() }))
    .filter(one => one.text !== '')
}

function pairs(path: string, text: string, errors: FieldError[]): { line: number; theirs: string; ours: string }[] {
  const seen = new Map<string, number>()
  return lines(text).flatMap(({ line, text: written }) => {
    const at = written.lastIndexOf('=')
    const theirs = keyOf(written.slice(0, Math.max(at, 0)))
    const ours = written.slice(at + 1).trim()
    const complain = (message: string) => {
      errors.push({ path, message: `Line ${line}: ${message}` })
      return []
    }
    if (at < 0 || theirs === '' || ours === '') return complain('write it as theirs = ours.')
    if (theirs.length > LONGEST_NAME || ours.length > LONGEST_NAME)
      return complain(`a name has at most ${LONGEST_NAME} characters.`)
    const first = seen.get(theirs)
    if (first !== undefined) return complain(`“${theirs}” stands on line ${first} already.`)
    seen.set(theirs, line)
    return [{ line, theirs, ours }]
  })
}
