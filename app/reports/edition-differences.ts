/** What a later edition says otherwise than the one before, in words, from what both say. Pure. */
import type { Figure } from '#app/measure/figure.ts'
import { valueInWords } from './figure-values.ts'
import { CHAPTER_QUESTIONS, CHAPTERS, type ReportContent, type ReportWords } from './report.ts'

interface Said {
  content: ReportContent
  words: ReportWords
}

/** Figures first, then what is missing or new, then the texts; nothing where both say the same. */
export function differencesBetween(before: Said, after: Said): string[] {
  return [
    ...figureDifferences(before.content, after.content),
    ...definitionDifferences(before.content, after.content),
    ...releaseDifferences(before.content, after.content),
    ...textDifferences(before, after),
  ]
}

function figureDifferences(before: ReportContent, after: ReportContent): string[] {
  const differences: string[] = []
  for (const id of new Set([...Object.keys(before.figures), ...Object.keys(after.figures)])) {
    const [one, other] = [before.figures[id], after.figures[id]]
    if (one && !other) differences.push(`${id} is no longer shown; it was ${valueInWords(id, one, before.currency)}.`)
    else if (!one && other) differences.push(`${id} is new: ${valueInWords(id, other, after.currency)}.`)
    else if (one && other && !isSame(one, other)) differences.push(`${id} ${changed(id, one, other, before, after)}.`)
  }
  return differences
}

function changed(id: string, one: Figure, other: Figure, before: ReportContent, after: ReportContent): string {
  const [was, is] = [valueInWords(id, one, before.currency), valueInWords(id, other, after.currency)]
  if (was !== is) return `was ${was}, now ${is}`
  const fields = Object.keys(other).filter(field => one[field] !== other[field])
  return `is still ${is}; changed beside it: ${fields.join(', ')}`
}

function isSame(one: Figure, other: Figure): boolean {
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...fields].every(field => (one[field] ?? null) === (other[field] ?? null))
}

function definitionDifferences(before: ReportContent, after: ReportContent): string[] {
  return Object.entries(after.definitions).flatMap(([id, version]) => {
    const was = before.definitions[id]
    return was !== undefined && was !== version
      ? [`${id} follows version ${version} of its definition, not ${was}.`]
      : []
  })
}

function releaseDifferences(before: ReportContent, after: ReportContent): string[] {
  const known = new Set(before.releases.map(one => one.wave))
  const now = new Set(after.releases.map(one => one.wave))
  return [
    ...after.releases.filter(one => !known.has(one.wave)).map(one => `The survey “${one.title}” was added.`),
    ...before.releases.filter(one => !now.has(one.wave)).map(one => `The survey “${one.title}” is no longer used.`),
  ]
}

function textDifferences(before: Said, after: Said): string[] {
  const differences: string[] = []
  if (storyText(before) !== storyText(after)) differences.push('The story was rewritten.')
  for (const chapter of CHAPTERS) {
    const question = `“${CHAPTER_QUESTIONS[chapter]}”`
    const [one, other] = [before.words.commentary[chapter] ?? '', after.words.commentary[chapter] ?? '']
    if (one !== other)
      differences.push(`The commentary on ${question} was ${one ? (other ? 'changed' : 'removed') : 'added'}.`)
    const [was, is] = [before, after].map(({ content }) => {
      const found = content.chapters.find(one => one.id === chapter)
      return JSON.stringify([found?.claims, found?.missing, found?.exhibits])
    })
    if (was !== is) differences.push(`What ${question} shows or says has changed with the data.`)
  }
  return differences
}

function storyText({ content, words }: Said): string {
  return words.story ?? content.story.map(claim => claim.text).join(' ')
}
