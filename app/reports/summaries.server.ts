import { type Actor, demand } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { newestEditions } from './address-queries.server.ts'
import { headlineWords } from './headline-words.ts'
import { listReports } from './list-reports.server.ts'
import type { ReportContent, ReportWords } from './report.ts'

export interface ReportSummary {
  /** The story's first sentence. */
  sentence: string
  headline: { label: string; value: string }[]
}

const SHOWN = 4

/** The latest report that is published, for the front page; null where there is none yet. */
export async function newestReport({ db, actor }: { db: Db; actor: Actor }) {
  const { items } = await listReports({ db, actor }, { offset: 0, limit: 5 })
  const newest = items.find(item => item.publishedAt !== null)
  if (!newest) return null
  const { period, title } = newest
  const summary = (await summariesOf({ db, actor }, [period])).get(period)
  return summary ? { period, title, sentence: summary.sentence } : null
}

/** What a list says of published reports, by period: how the newest edition begins. One query. */
export async function summariesOf({ db, actor }: { db: Db; actor: Actor }, periods: string[]) {
  demand(actor, 'read')
  const rows = await newestEditions(db, periods)
  return new Map(rows.map(row => [row.period, summaryOf(JSON.parse(row.content), JSON.parse(row.words))]))
}

function summaryOf(content: ReportContent, words: ReportWords): ReportSummary {
  const story = words.story?.replace(/[*_`#>[\]]/g, '').trim() || content.story.map(claim => claim.text).join(' ')
  return {
    sentence: /^[\s\S]*?[.!?](?=\s|$)/.exec(story)?.[0] ?? story,
    headline: content.headline.slice(0, SHOWN).map(figure => {
      const { big, after } = headlineWords(figure)
      return { label: figure.label, value: `${big}${after}` }
    }),
  }
}
