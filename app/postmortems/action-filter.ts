/** What lists of action items can be narrowed down to; free of the database so that screens can use it. */
export const STATE_CHOICES = ['unfinished', 'open', 'in progress', 'done', 'dropped', 'all'] as const
export const DUE_CHOICES = ['overdue', 'week', 'month', 'none'] as const
export const AGE_CHOICES = ['30', '90', '180', '365'] as const

export interface ActionFilter {
  state?: (typeof STATE_CHOICES)[number]
  /** `me`, `nobody`, or a person's id. */
  owner?: string
  /** A team's slug; the teams below it count too. */
  team?: string
  kind?: string
  due?: (typeof DUE_CHOICES)[number]
  /** At least so many days old. */
  age?: (typeof AGE_CHOICES)[number]
  /** An incident's key. */
  incident?: string
}

/** The filter in an address; what is not one of the choices is passed over. */
export function filterIn(query: URLSearchParams): ActionFilter {
  const choice = <T extends string>(name: string, choices: readonly T[]): T | undefined =>
    choices.find(one => one === query.get(name))
  const text = (name: string) => query.get(name)?.replaceAll('\0', '').slice(0, 300) || undefined
  return {
    state: choice('state', STATE_CHOICES),
    owner: text('owner'),
    team: text('team'),
    kind: choice('kind', ['prevent', 'detect', 'mitigate', 'process']),
    due: choice('due', DUE_CHOICES),
    age: choice('age', AGE_CHOICES),
    incident: text('incident'),
  }
}
