/** Questions one by one in a terminal; an empty line leaves one out. */
import { createInterface } from 'node:readline'
import type { PublicItem, PublicQuestionnaire } from '#app/surveys/public-wave.ts'
import { askedItems, castOf, type Draft, EMPTY_DRAFT, withAnswer } from '#app/surveys/respond/draft.ts'

type Ask = (prompt: string) => Promise<string>

/** Asks on standard error, so that standard output stays free. */
export async function askQuestions(questionnaire: PublicQuestionnaire): Promise<ReturnType<typeof castOf>> {
  const lines = createInterface({ input: process.stdin })
  const read = lines[Symbol.asyncIterator]()
  const ask: Ask = async prompt => {
    process.stderr.write(prompt)
    const { value, done } = await read.next()
    return done ? '' : String(value).trim()
  }
  try {
    let draft: Draft = EMPTY_DRAFT
    for (const item of questionnaire.items)
      if (askedItems(questionnaire.items, draft.answers).includes(item)) draft = await askOne(ask, item, draft)
    if (questionnaire.group) {
      const { label, options } = questionnaire.group
      const [chosen] = await choose(ask, label, options, 1)
      draft = { ...draft, group: chosen === undefined ? null : (options[chosen]?.value ?? null) }
    }
    return castOf(questionnaire.items, draft)
  } finally {
    lines.close()
  }
}

async function askOne(ask: Ask, item: PublicItem, draft: Draft): Promise<Draft> {
  if (item.kind === 'comment') {
    const text = await ask(`\n${item.text}\n> `)
    return { ...draft, comments: { ...draft.comments, [item.id]: text } }
  }
  const chosen = await choose(ask, item.text, item.options, item.kind === 'multiple' ? item.options.length : 1)
  const values = chosen.map(index => item.options[index]?.value as number | string)
  return withAnswer(draft, item.id, item.kind === 'multiple' ? (values as string[]) : values[0])
}

/** @returns the places of what was chosen, none where the question is left out. */
async function choose(
  ask: Ask,
  question: string,
  options: readonly { value: number | string; label: string }[],
  most: number,
): Promise<number[]> {
  const list = options.map(({ value, label }, index) => `  ${index + 1}  ${label || value}`).join('\n')
  for (;;) {
    const numbers = most > 1 ? 'numbers with commas' : 'a number'
    const given = await ask(`\n${question}\n${list}\n${numbers}, or nothing to leave it out> `)
    if (given === '') return []
    const places = given.split(/[\s,]+/).map(text => Number(text) - 1)
    if (places.length <= most && places.every(place => Number.isInteger(place) && options[place]))
      return [...new Set(places)]
    process.stderr.write(`Please give ${numbers} from 1 to ${options.length}.\n`)
  }
}
