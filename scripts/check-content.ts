/** Checks all that is shipped in `content/` before a build: each mistake is one sentence with its file and its place. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { agendaPromptsSchema } from '#app/forums/agenda-prompts.ts'
import { roleDefinitionsSchema } from '#app/incidents/role-definitions.ts'
import { severityDefinitionsSchema } from '#app/incidents/severity-definitions.ts'
import { compileGuide } from '#app/learning/compile-guide.server.ts'
import { guideFrontMatter, splitGuide } from '#app/learning/guide.ts'
import { guidesIn } from '#app/learning/guides.server.ts'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { instrumentSchema } from '#app/surveys/questionnaires/instrument.ts'
import { controlledListSchema } from '#app/themes/controlled-list.ts'

/** @returns the mistakes as sentences; none when all is well. */
export async function checkContent(folder: string): Promise<string[]> {
  const mistakes = new Mistakes(folder)
  const themes = mistakes.read('themes.yaml', controlledListSchema)
  mistakes.read('severities.yaml', severityDefinitionsSchema)
  mistakes.read('roles.yaml', roleDefinitionsSchema)
  for (const file of filesIn(join(folder, 'agendas'), '.yaml')) mistakes.read(`agendas/${file}`, agendaPromptsSchema)
  for (const file of filesIn(join(folder, 'instruments'), '.yaml')) {
    const instrument = mistakes.read(`instruments/${file}`, instrumentSchema)
    if (instrument && `${instrument.id}.yaml` !== file)
      mistakes.add(`instruments/${file}`, 'id', `The id ${instrument.id} is not the file’s name.`)
  }
  await checkGuides(folder, mistakes)
  checkLibrary(folder, mistakes, themes && new Set(themes.map(theme => theme.slug)))
  return mistakes.found
}

async function checkGuides(folder: string, mistakes: Mistakes): Promise<void> {
  const slugs = guidesIn(join(folder, 'guides'))
  const places = new Map<number, string>()
  for (const slug of slugs) {
    const file = `guides/${slug}/index.mdx`
    const { frontMatter, text } = splitGuide(readFileSync(join(folder, file), 'utf8'))
    const guide = mistakes.check(file, frontMatter, guideFrontMatter)
    const same = guide && places.get(guide.order)
    if (same) mistakes.add(file, 'order', `${same} has the place ${guide.order} too.`)
    if (guide) places.set(guide.order, slug)
    try {
      const { html } = await compileGuide(text)
      const forbidden = /<script|<iframe|<style|\sstyle=|\son\w+=|javascript:/i.exec(html)?.[0].trim()
      if (forbidden) mistakes.add(file, 'text', `It contains “${forbidden}”, which the pages do not allow.`)
      for (const [, target] of html.matchAll(/href="\/guides\/([^"#]*)/g))
        if (!slugs.includes(target ?? ''))
          mistakes.add(file, 'text', `It links to /guides/${target}, which does not exist.`)
    } catch (error) {
      mistakes.add(file, 'text', `It cannot be compiled: ${firstLine(error)}`)
    }
  }
}

const MOMENTS = ['started_at', 'detected_at', 'acknowledged_at', 'mitigated_at', 'resolved_at'] as const
const instant = z.iso.datetime({ offset: true, error: 'A moment is written like 2026-08-14T13:45:00Z.' })
const themeSlugs = z.array(z.string())

/** What an entry on the shelf must say of itself; the importer reads more than this. */
const libraryFrontMatter = z.looseObject({
  title: z.string().trim().min(1).max(300),
  external_id: z.string().trim().min(1).max(300),
  source_url: z.url({ protocol: /^https?$/ }),
  published_at: z.union([z.iso.date(), instant]).optional(),
  ...(Object.fromEntries(MOMENTS.map(moment => [moment, instant.optional()])) as Record<
    (typeof MOMENTS)[number],
    z.ZodOptional<typeof instant>
  >),
  services: z.array(z.string().trim().min(1)),
  themes: themeSlugs.min(1),
  public: z.literal(true),
  timeline: z.array(z.looseObject({ at: z.string(), text: z.string().trim().min(1) })).optional(),
  factors: z.array(z.looseObject({ text: z.string().trim().min(1), themes: themeSlugs.optional() })).min(1),
})

/** @param themes the slugs that exist; null when the list itself could not be read. */
function checkLibrary(folder: string, mistakes: Mistakes, themes: Set<string> | null): void {
  const owners = new Map<string, string>()
  for (const name of filesIn(join(folder, 'library'), '.md')) {
    if (name === 'README.md') continue
    const file = `library/${name}`
    const entry = mistakes.check(
      file,
      splitGuide(readFileSync(join(folder, file), 'utf8')).frontMatter,
      libraryFrontMatter,
    )
    if (!entry) continue
    const owner = owners.get(entry.external_id)
    if (owner) mistakes.add(file, 'external_id', `${owner} has “${entry.external_id}” too.`)
    owners.set(entry.external_id, name)
    const carried = [
      { path: 'themes', slugs: entry.themes },
      ...entry.factors.map((factor, index) => ({ path: `factors.${index}.themes`, slugs: factor.themes ?? [] })),
    ]
    for (const { path, slugs } of carried)
      for (const slug of slugs)
        if (themes && !themes.has(slug)) mistakes.add(file, path, `There is no theme ${slug} in themes.yaml.`)
    const moments = MOMENTS.flatMap(moment => {
      const at = entry[moment]
      return at ? { moment, at: Date.parse(at) } : []
    })
    moments.forEach(({ moment, at }, index) => {
      const before = moments[index - 1]
      if (before && before.at > at) mistakes.add(file, moment, `It lies before ${before.moment}.`)
    })
  }
}

/** Collects mistakes; reads files and checks them against their schemas. */
class Mistakes {
  readonly found: string[] = []

  constructor(private readonly folder: string) {}

  /** @param path dots between the steps; empty when the whole file is meant. */
  add(file: string, path: string, message: string): void {
    this.found.push(`content/${file}${path ? `, ${path}` : ''}: ${message}`)
  }

  read<S extends z.ZodType>(file: string, schema: S): z.output<S> | null {
    const path = join(this.folder, file)
    if (existsSync(path)) return this.check(file, readFileSync(path, 'utf8'), schema)
    this.add(file, '', 'The file is missing.')
    return null
  }

  check<S extends z.ZodType>(file: string, yaml: string, schema: S): z.output<S> | null {
    let value: unknown
    try {
      value = parse(yaml)
    } catch (error) {
      this.add(file, '', `It is not YAML: ${firstLine(error)}`)
      return null
    }
    const checked = schema.safeParse(value)
    if (checked.success) return checked.data
    for (const issue of checked.error.issues) this.add(file, placeIn(value, issue.path), sentence(issue.message))
    return null
  }
}

/** A path in which the entries of lists are named as in the file: 'expiry.synonyms' rather than '17.synonyms'. */
function placeIn(value: unknown, path: PropertyKey[]): string {
  let at = value as Record<PropertyKey, unknown> | undefined
  return path
    .map(step => {
      at = at?.[step] as typeof at
      const name = typeof step === 'number' && (at?.slug ?? at?.id ?? at?.code)
      return String(name || step)
    })
    .join('.')
}

function filesIn(folder: string, ending: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith(ending))
        .sort()
    : []
}

function firstLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').filter(line => line.trim())
  // esbuild counts its errors first and says on the next line what and where.
  return sentence((/^Build failed/.test(lines[0] ?? '') ? lines[1] : lines[0])?.trim() ?? 'unknown reason')
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const mistakes = await checkContent(CONTENT_FOLDER)
  for (const mistake of mistakes) console.error(mistake)
  process.exit(mistakes.length ? 1 : 0)
}
