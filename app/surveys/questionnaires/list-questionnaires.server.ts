/** What can be asked, for the page that lists it. */
import { type Actor, demand } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { nameOfLanguage } from '../respond/words.ts'
import { readInstruments } from './instruments.server.ts'
import { itemsOf, textIn } from './questionnaire.ts'
import { newestVersions } from './questionnaire-queries.server.ts'

export async function listQuestionnaires({ db, actor }: { db: Db; actor: Actor }) {
  demand(actor, 'administer')
  const own = (await newestVersions(db)).map(({ state, definition, updatedAt }) => ({
    id: definition.id,
    title: textIn(definition.title, 'en'),
    version: definition.version,
    state,
    questions: itemsOf(definition).length,
    languages: definition.languages.map(nameOfLanguage),
    updatedAt,
  }))
  const instruments = readInstruments().map(one => ({
    id: one.id,
    title: textIn(one.title, 'en'),
    construct: textIn(one.construct, 'en'),
    source: `${one.source.author}, ${one.source.title} (${one.source.year})`,
    wording: textIn(one.wording_note, 'en'),
    scoring: textIn(one.scoring, 'en'),
    target: one.target ?? null,
    reversed: one.items.flatMap((item, at) => ('kind' in item || !item.reversed ? [] : at + 1)),
    questions: one.items.length,
    languages: Object.keys(one.title).map(nameOfLanguage),
  }))
  return { own, instruments }
}
