/** The questions of test/search/judged over public postmortems, which are beside the project and not in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { type Collection, type CollectionDocument, readJudged, SHARED_DATA } from './collection.ts'

const JUDGED = join(PROJECT_FOLDER, 'test/search/judged')
const POSTMORTEMS = join(SHARED_DATA, 'postmortems')
const INCIDENTS = join(SHARED_DATA, 'public-incidents/incidents.jsonl')

/** @returns null where the texts are absent. */
export function judgedPostmortems(): Collection | null {
  if (!existsSync(POSTMORTEMS) || !existsSync(INCIDENTS)) return null
  return { name: 'postmortems', documents: [...postmortemFiles(), ...publicIncidents()], ...readJudged(JUDGED) }
}

/** As people keep them, named by folder and file. */
function* postmortemFiles(): Generator<CollectionDocument> {
  for (const folder of readdirSync(POSTMORTEMS).sort())
    for (const name of readdirSync(join(POSTMORTEMS, folder)).sort()) {
      const bytes = readFileSync(join(POSTMORTEMS, folder, name))
      const text = bytes.toString('utf8')
      const title = /^title = "(.*)"$|^title: (.*)$|^# +(.*)$/m.exec(text)?.slice(1).find(Boolean) ?? name
      yield { id: `${folder}/${name}`, title, text, file: { name: `${folder}/${name}`, bytes } }
    }
}

interface PublicIncident {
  uuid: string
  source: string
  title?: string
  company?: string
  summary?: string
  body?: string
}

/** Those of the source that tells a whole story; the other one is mostly one line about the same incident. */
function* publicIncidents(): Generator<CollectionDocument> {
  for (const line of readFileSync(INCIDENTS, 'utf8').split('\n').filter(Boolean)) {
    const one = JSON.parse(line) as PublicIncident
    if (!one.source.startsWith('icco')) continue
    yield {
      id: one.uuid,
      title: one.title ?? '',
      text: [one.company, one.summary, one.body].filter(Boolean).join('\n\n'),
    }
  }
}
