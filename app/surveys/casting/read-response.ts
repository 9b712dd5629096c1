/** What a cast response may hold: the answers, the group and the comments of one wave. Pure. */
import type { FieldError } from '#app/platform/errors.ts'
import { type Item, itemsOf, type Questionnaire } from '../questionnaires/questionnaire.ts'
import { type Answers, type Charter, LONGEST_COMMENT } from '../wave.ts'
import { fromBase64Url } from './receipts.ts'

/** Bytes of a nonce. */
const NONCE_BYTES = 32

export interface GivenResponse {
  nonce: Uint8Array
  answers: Answers
  group: string | null
  comments: { item: string; text: string; nonce: Uint8Array }[]
}

export interface ResponseRules {
  items: ReadonlyMap<string, Item>
  /** Ids of the groups that can be chosen; null where none is asked for. */
  groups: ReadonlySet<string> | null
}

export function responseRules(questionnaire: Questionnaire, charter: Charter): ResponseRules {
  return {
    items: new Map(itemsOf(questionnaire).map(item => [item.id, item])),
    groups: charter.grouping
      ? new Set(charter.grouping.groups.filter(group => group.isChoice).map(group => group.id))
      : null,
  }
}

const KEYS = new Set(['serial', 'prefix', 'signature', 'nonce', 'answers', 'group', 'comments'])

/**
 * Reads what was sent beside the ballot. Every question and the group may be left out.
 * @returns what was given, or everything that is wrong with it, each by its path.
 */
export function readResponse(
  body: Readonly<Record<string, unknown>>,
  rules: ResponseRules,
): { given: GivenResponse } | { errors: FieldError[] } {
  const errors: FieldError[] = []
  const complain = (path: string, message: string) => void errors.push({ path, message })
  for (const key of Object.keys(body)) if (!KEYS.has(key)) complain(key, 'This is not a part of a response.')
  const nonce = readNonce(body.nonce, 'nonce', complain)
  const answers = readAnswers(body.answers, rules, complain)
  const group = readGroup(body.group, rules, complain)
  const comments = readComments(body.comments, answers ?? {}, rules, complain)
  if (errors.length > 0 || !nonce || !answers) return { errors }
  return { given: { nonce, answers, group, comments } }
}

type Complain = (path: string, message: string) => void

function readNonce(value: unknown, path: string, complain: Complain): Uint8Array | null {
  const bytes = typeof value === 'string' ? fromBase64Url(value) : null
  if (bytes?.length === NONCE_BYTES) return bytes
  complain(path, 'Expected 32 random bytes in base64url.')
  return null
}

function readAnswers(value: unknown, { items }: ResponseRules, complain: Complain): Answers | null {
  if (!isObject(value)) {
    complain('answers', 'Expected an object of answers by question.')
    return null
  }
  const answers = value as Answers
  for (const [id, answer] of Object.entries(value)) {
    const path = `answers.${printable(id)}`
    const item = items.get(id)
    if (!item || item.kind === 'comment') complain(path, 'This wave does not ask that.')
    else if (!isAnswerTo(item, answer)) complain(path, expectationOf(item))
    else if (!isAsked(item, answers, items)) complain(path, 'This question was not asked after that earlier answer.')
  }
  return answers
}

function isAnswerTo(item: Item, answer: unknown): boolean {
  const isOption = (value: unknown) => item.options.some(option => option.value === value)
  if (item.kind !== 'multiple') return isOption(answer)
  return Array.isArray(answer) && answer.length > 0 && new Set(answer).size === answer.length && answer.every(isOption)
}

function expectationOf(item: Item): string {
  if (item.kind === 'scale') return 'Expected one of the whole numbers of its scale.'
  return item.kind === 'single'
    ? 'Expected the value of one of its options.'
    : 'Expected a list of values of its options, each once and at least one.'
}

/** Whether an item was shown to somebody who gave these answers: the question it follows was shown and answered so. */
function isAsked(item: Item, answers: Answers, items: ReadonlyMap<string, Item>): boolean {
  const condition = item.showIf
  if (!condition) return true
  const before = items.get(condition.item)
  const answer = Object.hasOwn(answers, condition.item) ? answers[condition.item] : undefined
  if (!before || answer === undefined || !isAsked(before, answers, items)) return false
  const given: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  return condition.values.some(value => given.includes(value))
}

function readGroup(value: unknown, { groups }: ResponseRules, complain: Complain): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' && groups?.has(value)) return value
  complain('group', groups ? 'Expected one of the groups, or null.' : 'This wave asks for no group.')
  return null
}

function readComments(
  value: unknown,
  answers: Answers,
  { items }: ResponseRules,
  complain: Complain,
): GivenResponse['comments'] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    complain('comments', 'Expected a list.')
    return []
  }
  const comments: GivenResponse['comments'] = []
  const seen = new Set<unknown>()
  for (const [index, one] of value.entries()) {
    const path = `comments.${index}`
    if (!isObject(one)) {
      complain(path, 'Expected { item, text, nonce }.')
      continue
    }
    for (const key of Object.keys(one))
      if (key !== 'item' && key !== 'text' && key !== 'nonce')
        complain(`${path}.${printable(key)}`, 'This is not a part of a comment.')
    const item = typeof one.item === 'string' ? items.get(one.item) : undefined
    if (item?.kind !== 'comment') complain(`${path}.item`, 'This wave does not ask for that comment.')
    else if (seen.has(item.id)) complain(`${path}.item`, 'One comment to a question.')
    else if (!isAsked(item, answers, items))
      complain(`${path}.item`, 'This question was not asked after that earlier answer.')
    seen.add(one.item)
    const nonce = readNonce(one.nonce, `${path}.nonce`, complain)
    const wrong = wrongWith(one.text)
    if (wrong) complain(`${path}.text`, wrong)
    if (item && nonce && !wrong) comments.push({ item: item.id, text: one.text as string, nonce })
  }
  return comments
}

function wrongWith(text: unknown): string | null {
  if (typeof text !== 'string' || text.trim() === '') return 'Expected a text, or no comment at all.'
  if ([...text].length > LONGEST_COMMENT) return `At most ${LONGEST_COMMENT} characters.`
  if (text.includes('\0') || !text.isWellFormed())
    return 'This has a character that cannot be stored: U+0000 or half a surrogate pair.'
  return null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A name that somebody sent, short enough to be said back. */
function printable(name: string): string {
  return name.slice(0, 80)
}
