import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { controlledListSchema } from '#app/themes/controlled-list.ts'
import { suggestFromTags, suggestThemes } from '#app/themes/suggest-themes.ts'

const list = controlledListSchema.parse(parse(readFileSync(join(CONTENT_FOLDER, 'themes.yaml'), 'utf8')))
const themes = list.map(theme => ({ ...theme, id: theme.slug }))
const suggested = (text: string) => suggestThemes(themes, text).map(one => `${one.themeId} ${one.reason}`)

it('suggests a theme by its synonyms and says how often they occur', () => {
  expect(suggested('The worker went OUT OF MEMORY, was restarted, and ran out-of-memory again.')).toEqual([
    'resource-leak mentions “out of memory” twice',
  ])
})

it('finds whole words only', () => {
  expect(suggested('The oomph of the dnsmasq regexes was fine.')).toEqual([])
  expect(suggested('DNS, and a regex.')).toEqual(['dns-and-routing mentions “dns”', 'poison-input mentions “regex”'])
})

it('takes the longer phrase before the shorter one inside it', () => {
  expect(suggested('A database migration with data loss.')).toEqual([
    'schema-migration mentions “database migration”',
    'data mentions “data loss”',
  ])
})

it('matches signs, hyphens and apostrophes as people write them', () => {
  expect(suggested('rm -rf on the wrong host; max_connections; other users’ data')).toEqual([
    "data-exposure mentions “other users' data”",
    'missing-guardrail mentions “rm -rf”',
    'hard-limit mentions “max_connections”',
  ])
})

it('does not take a single word in passing for a theme that is named by it', () => {
  expect(suggested('The change was announced.')).toEqual([])
  expect(suggested('Recovery was slow; recovery needed people.')).toEqual(['recovery mentions “Recovery” twice'])
})

it('names three reasons and counts the rest', () => {
  const reason = suggestThemes(
    themes,
    'A thundering herd, a cold cache, a cache stampede, metastable, and a feedback loop.',
  )[0]?.reason
  expect(reason).toMatch(/^mentions “.+”, “.+”, “.+” and 2 more$/)
})

it('puts the most telling theme first', () => {
  const [first] = suggestThemes(
    themes,
    'dns. The race condition came back: race condition, deadlock and lock contention.',
  )
  expect(first?.themeId).toBe('concurrency-and-locking')
})

it('takes nothing from nothing', () => {
  expect(suggested('')).toEqual([])
  expect(suggestThemes([], 'out of memory')).toEqual([])
})

it('matches given tags by slug, name or synonym, whatever their case, and only as a whole', () => {
  const fromTags = (...tags: string[]) => suggestFromTags(themes, tags).map(one => `${one.themeId} ${one.reason}`)
  expect(fromTags('Retries-And-Timeouts', 'THIRD PARTY', 'bgp', 'networking', 'dns and')).toEqual([
    'retries-and-timeouts tagged “Retries-And-Timeouts”',
    'third-party tagged “THIRD PARTY”',
    'dns-and-routing tagged “bgp”',
  ])
  expect(fromTags('dns', 'DNS and routing', '', '—')).toEqual(['dns-and-routing tagged “dns”'])
})

it('finds every theme by its own slug and name', () => {
  for (const theme of themes)
    for (const tag of [theme.slug, theme.name]) expect(suggestFromTags(themes, [tag])[0]?.themeId).toBe(theme.id)
})
