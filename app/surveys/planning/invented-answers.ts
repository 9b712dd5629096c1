/** Answers of nobody, for a dry run: what results of this plan could look like. Pure, and the same each time. */
import { type Item, itemsOf, type Questionnaire } from '../questionnaires/questionnaire.ts'
import type { OpenedResponse } from '../wave.ts'

const ANSWERING_SHARE = 0.7
const SAYING_GROUP = 0.93
const LEAVING_OUT = 0.04
const COMMENTING = 0.2

/**
 * @param groupIds of everybody invited, null where no group is asked for.
 * @param seed two runs with the same one are alike.
 */
export function inventedAnswers(
  questionnaire: Questionnaire,
  groupIds: readonly (string | null)[],
  seed: number,
): OpenedResponse[] {
  const random = generator(seed)
  const items = itemsOf(questionnaire)
  const moods = new Map<string | null, number>()
  for (const id of groupIds) if (!moods.has(id)) moods.set(id, random() * 0.3 - 0.15)
  return groupIds.flatMap(groupId => {
    if (random() > ANSWERING_SHARE) return []
    const answers: Record<string, number | string | string[]> = {}
    const comments: { item: string; text: string }[] = []
    for (const item of items) {
      const isAsked = !item.showIf || isAnsweredWith(answers[item.showIf.item], item.showIf.values)
      if (!isAsked || random() < LEAVING_OUT) continue
      if (item.kind === 'comment') {
        if (random() < COMMENTING) comments.push({ item: item.id, text: 'An invented comment.' })
      } else answers[item.id] = answerTo(item, random, moods.get(groupId) ?? 0)
    }
    return { answers, group: random() < SAYING_GROUP ? groupId : null, comments }
  })
}

function answerTo(item: Item, random: () => number, mood: number): number | string | string[] {
  const { length } = item.options
  if (item.kind === 'scale') {
    // The mean of two throws leans to the middle, the mood to one side.
    const place = Math.min(0.999, Math.max(0, (random() + random()) / 2 + 0.12 + mood))
    const point = Math.floor(place * length) + 1
    return item.reversed ? length + 1 - point : point
  }
  const values = item.options.map(option => String(option.value))
  if (item.kind === 'multiple') return values.filter(() => random() < 0.4)
  return values[Math.floor(random() * length)] ?? ''
}

function isAnsweredWith(answer: number | string | string[] | undefined, values: readonly (number | string)[]): boolean {
  if (answer === undefined) return false
  return Array.isArray(answer) ? answer.some(one => values.includes(one)) : values.includes(answer)
}

/** Mulberry32: small, and good enough for inventing. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
