import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { definitionOf } from './definitions.ts'
import { valueInWords } from './figure-values.ts'
import { CHAPTERS, type Edition } from './report.ts'
import { readEdition } from './view-report.server.ts'

/**
 * The newest editions of two reports side by side. Without another key, the one before it.
 * @throws AppError not-found where one of them is not published.
 */
export async function compareReports({ db, actor }: { db: Db; actor: Actor }, key: string, other: string | null) {
  const one = await readEdition({ db, actor }, key)
  const both = [one, await readEdition({ db, actor }, other || one.content.before.key)]
  const ids = [...new Set(both.flatMap(({ content }) => Object.keys(content.figures)))]
  return {
    sides: both.map(({ content, words }) => ({
      key: content.period.key,
      title: content.period.title,
      story: words.story ?? content.story.map(claim => claim.text).join(' '),
      headline: content.headline,
    })),
    figures: ids.map(id => ({
      id,
      name: id.startsWith('survey.') ? id : (definitionOf(id)?.name ?? id),
      values: both.map(({ content }) => {
        const figure = content.figures[id]
        return figure ? valueInWords(id, figure, content.currency) : 'not in this report'
      }),
    })),
    chapters: CHAPTERS.map(id => ({ id, texts: both.map(edition => chapterText(edition, id)) })).filter(({ texts }) =>
      texts.some(Boolean),
    ),
  }
}

function chapterText({ content }: Edition, id: string): string {
  const chapter = content.chapters.find(one => one.id === id)
  return chapter ? chapter.claims.map(claim => claim.text).join(' ') || chapter.missing || '' : ''
}
