import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { checkContent } from '#scripts/check-content.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-content-'))
})
beforeEach(() => cpSync(CONTENT_FOLDER, folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function change(file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toMatch(from)
  writeFileSync(path, text.replace(from, to))
}

it('finds nothing wrong with what is shipped', async () => {
  expect(await checkContent(CONTENT_FOLDER)).toEqual([])
})

it('names a synonym that two themes claim, a parent that does not exist and a definition of two sentences', async () => {
  change('themes.yaml', 'synonyms: [memory leak,', 'synonyms: [memory leak, bgp,')
  change('themes.yaml', 'parent: capacity', 'parent: capacities')
  change('themes.yaml', 'the computers.', 'the computers. It was dark.')
  expect(await checkContent(folder)).toEqual([
    'content/themes.yaml, power-and-cooling.definition: One sentence, please: this looks like more than one.',
    'content/themes.yaml, resource-leak.parent: There is no theme capacities.',
    'content/themes.yaml, dns-and-routing.synonyms: “bgp” belongs to Resource leak already.',
  ])
})

it('names a severity that is missing, an instrument’s second use of an id and a missing label', async () => {
  change('severities.yaml', 'code: SEV-2', 'code: SEV-1')
  change('instruments/incident-culture.yaml', 'id: report-near-miss', 'id: present-own-incident')
  change('instruments/organisational-culture.yaml', 'Somewhat agree, ', '')
  const mistakes = await checkContent(folder)
  expect(mistakes).toEqual([
    'content/severities.yaml: Define SEV-1, SEV-2, SEV-3, SEV-4, each once and in this order.',
    'content/instruments/incident-culture.yaml, items.present-own-incident.id: The id present-own-incident is there twice.',
    'content/instruments/organisational-culture.yaml, scale: Each language needs as many labels as the scale has points.',
  ])
})

it('names an activity for which nobody answers, and a role that is missing', async () => {
  change(
    'roles.yaml',
    '{incident commander: A/R, technical lead: C, scribe: I, communications lead: C, responder: C}',
    '{incident commander: R, technical lead: C, scribe: I, communications lead: C, responder: C}',
  )
  change('roles.yaml', '- role: scribe', '- role: responder')
  expect(await checkContent(folder)).toEqual([
    'content/roles.yaml, roles: Define incident commander, technical lead, scribe, communications lead, responder, each once and in this order.',
    'content/roles.yaml, activities.0.who: Exactly one role is accountable for an activity.',
  ])
})

it('names a guide that does not compile, one that brings a style, and one that links nowhere', async () => {
  change('guides/review-forum/index.mdx', '## The hour', '## The hour\n\n<Nonsense />')
  change('guides/blameless-postmortem/index.mdx', '## The idea', '## The idea\n\n<p style={{ color: "red" }}>x</p>')
  change('guides/postmortem-in-an-hour/index.mdx', '/guides/review-forum', '/guides/review-forums')
  change('guides/postmortem-in-an-hour/index.mdx', 'minutes: 7', 'minutes: seven')
  const mistakes = await checkContent(folder)
  expect(mistakes).toHaveLength(4)
  expect(mistakes[0]).toContain('content/guides/blameless-postmortem/index.mdx, text: It contains “style=”')
  expect(mistakes[1]).toContain('content/guides/postmortem-in-an-hour/index.mdx, minutes: ')
  expect(mistakes[2]).toContain('It links to /guides/review-forums, which does not exist.')
  expect(mistakes[3]).toMatch(/content\/guides\/review-forum\/index\.mdx, text: It cannot be compiled: .*Nonsense/)
})

it('names an unknown theme, a repeated external_id and moments out of order on the shelf', async () => {
  change('library/fastly-2021.md', 'themes: [configuration-change,', 'themes: [configuration-changes,')
  change('library/fastly-2021.md', 'resolved_at: 2021', 'resolved_at: 2020')
  change('library/slack-cache-2022.md', /external_id: .*/, 'external_id: public/fastly-2021')
  expect(await checkContent(folder)).toEqual([
    'content/library/fastly-2021.md, themes: There is no theme configuration-changes in themes.yaml.',
    'content/library/fastly-2021.md, resolved_at: It lies before started_at.',
    'content/library/slack-cache-2022.md, external_id: fastly-2021.md has “public/fastly-2021” too.',
  ])
})

it('says of a broken file that it is broken, and of a missing one that it is missing', async () => {
  writeFileSync(join(folder, 'severities.yaml'), 'a: [1,\nb: }')
  rmSync(join(folder, 'themes.yaml'))
  const mistakes = await checkContent(folder)
  expect(mistakes[0]).toBe('content/themes.yaml: The file is missing.')
  expect(mistakes[1]).toMatch(/^content\/severities\.yaml: It is not YAML: /)
  expect(mistakes).toHaveLength(2)
})
