/** Which themes rise, and how surely: pure. A postmortem counts once for each theme that it carries. */
import { type Change, changeOfShare } from '#app/measure/change.ts'

export interface AnalysedPostmortem {
  id: string
  /** Whether it belongs to the quarter looked at, or to the time before that it is compared with. */
  when: 'now' | 'before'
  themeIds: readonly string[]
  serviceIds: readonly string[]
  teamIds: readonly string[]
  actions: { finished: number; unfinished: number }
}

export interface ThemeChange {
  themeId: string
  now: number
  before: number
  change: Change
  /** Of both times together. */
  teams: number
  services: number
  finished: number
  unfinished: number
}

export interface Analysis {
  /** Postmortems that the counts are of. */
  n: { now: number; before: number }
  /** What clearly rose first, then the most frequent. */
  themes: ThemeChange[]
  /** With so few a share says little. */
  isSmall: boolean
}

const FEW = 10

export function analyseThemes(postmortems: readonly AnalysedPostmortem[]): Analysis {
  const n = {
    now: postmortems.filter(one => one.when === 'now').length,
    before: postmortems.filter(one => one.when === 'before').length,
  }
  const carriers = new Map<string, AnalysedPostmortem[]>()
  for (const one of postmortems)
    for (const themeId of new Set(one.themeIds)) {
      const list = carriers.get(themeId)
      if (list) list.push(one)
      else carriers.set(themeId, [one])
    }
  const themes = [...carriers].map(([themeId, all]): ThemeChange => {
    const now = all.filter(one => one.when === 'now').length
    const before = all.length - now
    return {
      themeId,
      now,
      before,
      change: changeOfShare({ count: now, n: n.now }, { count: before, n: n.before }),
      teams: new Set(all.flatMap(one => one.teamIds)).size,
      services: new Set(all.flatMap(one => one.serviceIds)).size,
      finished: sum(all.map(one => one.actions.finished)),
      unfinished: sum(all.map(one => one.actions.unfinished)),
    }
  })
  const rank = (one: ThemeChange) => (one.change.word === 'clearly up' ? 0 : 1)
  return {
    n,
    themes: themes.sort(
      (a, b) => rank(a) - rank(b) || b.now - a.now || b.before - a.before || (a.themeId < b.themeId ? -1 : 1),
    ),
    isSmall: n.now < FEW || n.before < FEW,
  }
}

export interface Crossing {
  /** Ids, the most frequent first. */
  themeIds: string[]
  serviceIds: string[]
  /** How many postmortems carry the theme and concern the service: by theme, then by service. */
  counts: number[][]
}

/** Themes over services: the same theme down several columns is one problem, not many. */
export function crossThemes(
  postmortems: readonly AnalysedPostmortem[],
  most: { themes: number; services: number },
): Crossing {
  const themeIds = mostFrequent(
    postmortems.map(one => one.themeIds),
    most.themes,
  )
  const concerned = postmortems.filter(one => one.themeIds.some(id => themeIds.includes(id)))
  const serviceIds = mostFrequent(
    concerned.map(one => one.serviceIds),
    most.services,
  )
  const counts = themeIds.map(theme =>
    serviceIds.map(
      service => concerned.filter(one => one.themeIds.includes(theme) && one.serviceIds.includes(service)).length,
    ),
  )
  return { themeIds, serviceIds, counts }
}

function mostFrequent(lists: readonly (readonly string[])[], most: number): string[] {
  const counts = new Map<string, number>()
  for (const list of lists) for (const id of new Set(list)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([id]) => id)
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
