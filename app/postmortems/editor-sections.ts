/** The sections of the editor: which there are, and a record's part of each as fields and rows of text. */
import { parseInstant } from '#app/platform/parse-time.ts'
import type { Row, SectionValue } from './merge-section.ts'
import type { Action, Factor, PostmortemRecord, TimelineEntry, Why } from './record.ts'
import { ACTION_KINDS, DETECTORS, MARKERS, MOMENTS, SECTION_KINDS, SEVERITIES, type SectionKind } from './vocabulary.ts'

/** In the order in which they are written. */
export const EDITOR_SECTIONS = [
  'facts',
  'summary',
  'impact',
  'timeline',
  'factors',
  'wentWell',
  'lucky',
  'lessons',
  'prevention',
  'detection',
  'actions',
  'themes',
  'body',
] as const
export type EditorSection = (typeof EDITOR_SECTIONS)[number]

export const EDITOR_TITLES: Record<EditorSection, string> = {
  facts: 'Title and facts',
  summary: 'Summary',
  impact: 'Impact',
  timeline: 'Timeline',
  factors: 'Contributing factors',
  wentWell: 'What went well',
  lucky: 'Where we were lucky',
  lessons: 'Lessons',
  prevention: 'How we prevent recurrence',
  detection: 'How we notice it sooner elsewhere',
  actions: 'Action items',
  themes: 'Themes',
  body: 'The rest of the text',
}

/** Fields that two writers' versions are merged in by lines; any other is taken whole. */
export const LINEWISE: ReadonlySet<string> = new Set(['text', 'services', 'authors', 'themes', 'whys'])

/** Fields of a row that a person fills; a row without any of them is not kept. */
export const ROW_FIELDS = {
  timeline: ['time', 'marker', 'text'],
  factors: ['text', 'themes', 'whys'],
  actions: ['title', 'owner', 'due', 'kind'],
} as const
export type ListSection = keyof typeof ROW_FIELDS

export function isListSection(section: EditorSection): section is ListSection {
  return Object.hasOwn(ROW_FIELDS, section)
}

export function isEditorSection(text: string | undefined): text is EditorSection {
  return (EDITOR_SECTIONS as readonly (string | undefined)[]).includes(text)
}

export interface ListIds {
  timeline: string[]
  factors: string[]
  actions: string[]
}

/** A problem with a field, named as the form names it. */
export interface SectionError {
  path: string
  message: string
}

/** A record's part of a section. */
export function sectionValue(record: PostmortemRecord, ids: ListIds, section: EditorSection): SectionValue {
  const withId = (list: ListSection, rows: Record<string, string>[]): SectionValue => ({
    fields: {},
    rows: rows.map((row, at): Row => ({ ...row, id: ids[list][at] ?? `${list}-${at}` })),
  })
  switch (section) {
    case 'facts':
      return { fields: factFields(record), rows: [] }
    case 'themes':
      return { fields: { themes: record.themes.join('\n') }, rows: [] }
    case 'timeline':
      return withId(
        'timeline',
        record.timeline.map(({ at, atText, marker, text }) => ({
          time: at === null ? (atText ?? '') : shownTime(at),
          marker: marker ?? '',
          text,
        })),
      )
    case 'factors':
      return withId(
        'factors',
        record.factors.map(({ text, themes, whys }) => ({
          text,
          themes: themes.join('\n'),
          whys: whysAsLines(whys),
        })),
      )
    case 'actions':
      return withId(
        'actions',
        record.actions.map(({ title, owner, dueOn, kind }) => ({
          title,
          owner: owner ?? '',
          due: dueOn ?? '',
          kind: kind ?? '',
        })),
      )
    default:
      return { fields: { text: record.sections[section] }, rows: [] }
  }
}

/** What a section's fields and rows make of the record; rows in which nothing was written are left out. */
export function applySection(
  record: PostmortemRecord,
  ids: ListIds,
  section: EditorSection,
  value: SectionValue,
  today: string,
): { record: PostmortemRecord; ids: ListIds; errors: SectionError[] } {
  const errors: SectionError[] = []
  const done = (changed: Partial<PostmortemRecord>, changedIds: Partial<ListIds> = {}) => ({
    record: { ...record, ...changed },
    ids: { ...ids, ...changedIds },
    errors,
  })
  if (section === 'facts') return done(factsFrom(value.fields, record, errors))
  if (section === 'themes') return done({ themes: linesIn(value.fields.themes) })
  if (!isListSection(section)) {
    const sections = { ...record.sections, [section]: value.fields.text ?? '' }
    return done({ sections })
  }
  const rows = writtenRows(section, value.rows)
  const rowIds = rows.map(({ row }) => row.id)
  const former = <T>(list: T[], id: string): T | undefined => list[ids[section].indexOf(id)]
  if (section === 'timeline')
    return done(
      { timeline: rows.map(({ row }) => entryFrom(row, former(record.timeline, row.id))) },
      { timeline: rowIds },
    )
  if (section === 'factors')
    return done(
      {
        factors: rows.map(
          ({ row }): Factor => ({
            text: row.text ?? '',
            themes: linesIn(row.themes),
            whys: whysFromLines(row.whys ?? ''),
          }),
        ),
      },
      { factors: rowIds },
    )
  return done(
    {
      actions: rows.map(({ row, at }) => actionFrom(row, former(record.actions, row.id), today, `rows.${at}`, errors)),
    },
    { actions: rowIds },
  )
}

/** The rows in which something was written, each with its place among all. */
export function writtenRows(section: ListSection, rows: Row[]): { row: Row; at: number }[] {
  return rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => ROW_FIELDS[section].some(field => (row[field] ?? '').trim() !== ''))
}

/** Rows by their times; what has no certain time stays behind the row it followed. */
export function inOrderOfTime(rows: Row[]): Row[] {
  let last = ''
  const keyed = rows.map((row, at) => {
    const parsed = parseInstant(row.time ?? '')
    if (parsed.kind === 'instant') last = parsed.iso
    return { row, at, key: last }
  })
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at)).map(({ row }) => row)
}

/** A five-whys chain as lines: how deep each answer stands, then its words as JSON, so that a line is an answer. */
export function whysAsLines(whys: Why[]): string {
  const lines: string[] = []
  const add = (list: Why[], depth: number): void => {
    for (const why of list) {
      lines.push(whyLine(depth, why.text))
      add(why.whys, depth + 1)
    }
  }
  add(whys, 0)
  return lines.join('\n')
}

export function whyLine(depth: number, text: string): string {
  return `${depth} ${JSON.stringify(text)}`
}

/** The answers of a chain, in order; lines that are none are taken for the words of an answer. */
export function whyRows(lines: string): { depth: number; text: string }[] {
  let above = -1
  return lines
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [, depth = '0', json = ''] = /^(\d{1,3}) ("[\s\S]*")$/.exec(line) ?? []
      above = Math.min(Number(depth), above + 1, DEEPEST)
      return { depth: above, text: json === '' ? line : textIn(json) }
    })
}

const DEEPEST = 19

/** Answers without words are left out; what stood below them moves up. */
export function whysFromLines(lines: string): Why[] {
  const top: Why[] = []
  const path: Why[][] = [top]
  for (const { depth, text } of whyRows(lines)) {
    if (text.trim() === '') continue
    const level = Math.min(depth, path.length - 1)
    path.length = level + 1
    const why: Why = { text, whys: [] }
    path[level]?.push(why)
    path.push(why.whys)
  }
  return top
}

function textIn(json: string): string {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'string' ? value : json
  } catch {
    return json
  }
}

/** A stored moment as people write it: `2026-08-14 13:45 UTC`, with seconds only where there are some. */
export function shownTime(iso: string): string {
  const [, day, minute, rest] = /^(\S+)T(\d\d:\d\d):(\d\d\.\d{3})Z$/.exec(iso) ?? []
  if (day === undefined) return iso
  const seconds = rest === '00.000' ? '' : `:${rest?.replace(/\.000$/, '')}`
  return `${day} ${minute}${seconds} UTC`
}

function factFields(record: PostmortemRecord): Record<string, string> {
  const fields: Record<string, string> = {
    title: record.title,
    severity: record.severity ?? '',
    incidentKey: record.incidentKey ?? '',
    detectedBy: record.detectedBy ?? '',
    customerImpact: record.customerImpact === null ? '' : record.customerImpact ? 'yes' : 'no',
    services: record.services.join('\n'),
    authors: record.authors.join('\n'),
    sourceUrl: record.sourceUrl ?? '',
  }
  for (const moment of MOMENTS) fields[moment] = record[moment] === null ? '' : shownTime(record[moment])
  return fields
}

function factsFrom(
  fields: Record<string, string>,
  record: PostmortemRecord,
  errors: SectionError[],
): Partial<PostmortemRecord> {
  const before = factFields(record)
  const text = (name: string) => (fields[name] ?? before[name] ?? '').trim()
  const isUntouched = (name: string) => text(name) === before[name]?.trim()
  const choice = <T extends string>(name: string, options: readonly T[]): T | null => {
    const found = options.find(option => option === text(name)) ?? null
    if (text(name) !== '' && found === null)
      errors.push({ path: name, message: `Choose one of ${options.join(', ')}.` })
    return found
  }
  const facts: Partial<PostmortemRecord> = {
    title: text('title'),
    severity: choice('severity', SEVERITIES),
    incidentKey: text('incidentKey') || null,
    detectedBy: choice('detectedBy', DETECTORS),
    customerImpact: { yes: true, no: false }[text('customerImpact')] ?? null,
    sourceUrl: text('sourceUrl') || null,
  }
  for (const name of ['services', 'authors'] as const) if (!isUntouched(name)) facts[name] = linesIn(fields[name])
  for (const moment of MOMENTS) {
    if (isUntouched(moment)) continue
    const parsed = parseInstant(text(moment))
    facts[moment] = parsed.kind === 'instant' ? parsed.iso : null
    if (parsed.kind === 'local' || parsed.kind === 'invalid')
      errors.push({
        path: moment,
        message: 'Write it with a zone, as 2026-08-14 13:45 UTC or 2026-08-14 15:45 +02:00.',
      })
  }
  if (facts.title === '') errors.push({ path: 'title', message: 'A postmortem needs a title.' })
  if (facts.sourceUrl && !isUntouched('sourceUrl') && !/^https?:\/\/\S+$/i.test(facts.sourceUrl))
    errors.push({ path: 'sourceUrl', message: 'An address starts with http:// or https://.' })
  return facts
}

function entryFrom(row: Row, former: TimelineEntry | undefined): TimelineEntry {
  const time = (row.time ?? '').trim()
  const marker = MARKERS.find(one => one === row.marker) ?? null
  const words = { marker, text: row.text ?? '' }
  if (former && time === (former.at === null ? (former.atText ?? '') : shownTime(former.at)).trim())
    return { at: former.at, atText: former.atText, ...words }
  const parsed = parseInstant(time)
  const at = parsed.kind === 'instant' ? parsed.iso : null
  return { at, atText: at === null ? time || null : null, ...words }
}

function actionFrom(row: Row, former: Action | undefined, today: string, path: string, errors: SectionError[]): Action {
  const due = (row.due ?? '').trim()
  if (due !== '' && (!/^\d{4}-\d{2}-\d{2}$/.test(due) || Number.isNaN(Date.parse(due))))
    errors.push({ path: `${path}.due`, message: 'Write the day as 2026-08-14.' })
  if ((row.title ?? '').trim() === '')
    errors.push({ path: `${path}.title`, message: 'An action item needs words: what will be true when it is done?' })
  const blank = { createdOn: today, state: 'open' as const, closedOn: null, reason: null, externalId: null }
  return {
    ...(former ?? blank),
    title: former && former.title.trim() === (row.title ?? '').trim() ? former.title : (row.title ?? '').trim(),
    owner: (row.owner ?? '').trim() || null,
    dueOn: due || null,
    kind: ACTION_KINDS.find(one => one === row.kind) ?? null,
  }
}

function linesIn(text: string | undefined): string[] {
  return [
    ...new Set(
      (text ?? '')
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
    ),
  ]
}

export function isTextSection(section: EditorSection): section is SectionKind {
  return (SECTION_KINDS as readonly string[]).includes(section)
}
