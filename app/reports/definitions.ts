/** Every figure's definition, in the order of the definitions page; the one source for page, API, reports and mails. */
import type { Definition } from './definition.ts'
import { INCIDENT_DEFINITIONS } from './incident-definitions.ts'
import { LEARNING_DEFINITIONS } from './learning-definitions.ts'
import { PEOPLE_DEFINITIONS } from './people-definitions.ts'

export const DEFINITIONS: readonly Definition[] = [
  ...INCIDENT_DEFINITIONS,
  ...LEARNING_DEFINITIONS,
  ...PEOPLE_DEFINITIONS,
]

/** One definition stands for every question of a survey. */
const ANY_QUESTION = 'survey.<item>'

const BY_ID = new Map(DEFINITIONS.map(definition => [definition.id, definition]))

/** The definition of the figure with this id, `survey.<item>` for a question of a survey; null for an id of none. */
export function definitionOf(id: string): Definition | null {
  return BY_ID.get(id) ?? (/^survey\.[^<]/.test(id) ? BY_ID.get(ANY_QUESTION)! : null)
}

/** The place of a figure's definition on the page: an id of HTML. */
export function definitionAnchor(id: string): string {
  return definitionOf(id)?.id === ANY_QUESTION ? 'survey.item' : id
}

/** The page's address at a figure's definition. */
export function definitionAddress(id: string): string {
  return `/definitions#${definitionAnchor(id)}`
}

/** The version of each figure's definition as it is now, by the figure's id. Ids of no definition are left out. */
export function versionsOf(ids: Iterable<string>): Record<string, number> {
  return Object.fromEntries(
    [...ids].flatMap(id => {
      const definition = definitionOf(id)
      return definition ? [[id, definition.version]] : []
    }),
  )
}
