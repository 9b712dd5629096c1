/** A report to be read: story, headline figures, chapters, what it rests on. The same on the page, on paper, in public. */
import type { ReactNode } from 'react'
import { Moment } from '#app/ui/time.tsx'
import { definitionAddress } from '../definitions.ts'
import { unbroken } from '../exhibits/number-words.ts'
import { headlineWords } from '../headline-words.ts'
import { CHAPTER_QUESTIONS, type HeadlineFigure } from '../report.ts'
import { ExhibitFigure, type ExhibitLinks } from './exhibit.tsx'
import type { ShownReport } from './shown-report.ts'

interface Props {
  report: ShownReport
  links: ExhibitLinks
  /** Buttons beside the title. */
  actions?: ReactNode
  /** Says of each chapter what an editor can do there. */
  chapterActions?: (chapter: string) => ReactNode
}

export function ReportArticle({ report, links, actions, chapterActions }: Props) {
  return (
    <article className="report">
      <header className="report-head">
        <p className="eyebrow">
          Culture health report ·{' '}
          {report.edition ? (
            <>
              published <Moment at={report.edition.publishedAt} zone={report.timeZone} />
              {report.edition.number > 1 ? ` · edition ${report.edition.number}` : ''}
            </>
          ) : (
            'draft'
          )}
        </p>
        <div className="title-line">
          <h1>{report.title}</h1>
          {actions}
        </div>
        {report.storyHtml ? (
          <div
            className="story"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
            dangerouslySetInnerHTML={{ __html: report.storyHtml }}
          />
        ) : (
          <p className="story">{unbroken(report.story.map(claim => claim.text).join(' '))}</p>
        )}
      </header>
      {report.headline.length ? (
        <section className={`headline of-${columnsFor(report.headline.length)}`} aria-label="Headline figures">
          {report.headline.map(figure => (
            <Headline key={figure.id} figure={figure} hasDefinitions={links.hasDefinitions} />
          ))}
        </section>
      ) : null}
      {report.chapters.map(chapter => (
        <ChapterPart key={chapter.id} chapter={chapter} links={links} actions={chapterActions?.(chapter.id)} />
      ))}
      <RestsOn report={report} hasDefinitions={links.hasDefinitions} />
    </article>
  )
}

export function Headline({ figure, hasDefinitions }: { figure: HeadlineFigure; hasDefinitions: boolean }) {
  const words = headlineWords(figure)
  return (
    <div className={words.isFew ? 'headline-figure is-few' : 'headline-figure'}>
      <span className="name">
        {hasDefinitions ? <a href={definitionAddress(figure.id)}>{figure.label}</a> : figure.label}
      </span>
      <b>
        {words.big}
        <small>{words.after}</small>
      </b>
      <span className="fact">{words.facts.join(' · ')}</span>
      <span className="fact">
        {words.change ? (
          <span className={words.tone ? `change is-${words.tone}` : 'change'}>
            {words.sign ? `${words.sign} ` : ''}
            {unbroken(words.change)}
          </span>
        ) : null}
        {words.change && words.target ? ' · ' : ''}
        {words.target}
      </span>
    </div>
  )
}

function ChapterPart({
  chapter,
  links,
  actions,
}: {
  chapter: ShownReport['chapters'][number]
  links: ExhibitLinks
  actions: ReactNode
}) {
  const [first, ...rest] = chapter.exhibits
  const isBeside = first !== undefined && first.kind !== 'table' && first.kind !== 'multiples'
  const words = (
    <div className="chapter-words">
      {chapter.claims.length ? <p>{unbroken(chapter.claims.map(claim => claim.text).join(' '))}</p> : null}
      {chapter.missing ? <p className="missing">{chapter.missing}</p> : null}
      {chapter.remark ? <p className="note small">{chapter.remark}</p> : null}
      {chapter.commentaryHtml ? (
        <div
          className="commentary prose"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
          dangerouslySetInnerHTML={{ __html: chapter.commentaryHtml }}
        />
      ) : null}
      {actions}
    </div>
  )
  return (
    <section className="chapter" aria-labelledby={chapter.id}>
      <h2 id={chapter.id}>{CHAPTER_QUESTIONS[chapter.id]}</h2>
      {isBeside ? (
        <div className="beside">
          <ExhibitFigure exhibit={first} links={links} />
          {words}
        </div>
      ) : (
        words
      )}
      {(isBeside ? rest : chapter.exhibits).length ? (
        <div className="exhibits">
          {(isBeside ? rest : chapter.exhibits).map(exhibit => (
            <ExhibitFigure key={exhibit.id} exhibit={exhibit} links={links} />
          ))}
        </div>
      ) : null}
    </section>
  )
}

function RestsOn({ report, hasDefinitions }: { report: ShownReport; hasDefinitions: boolean }) {
  const { definitions, releases, edition } = report
  return (
    <section className="rests-on" aria-labelledby="rests-on">
      <h2 id="rests-on">What this rests on</h2>
      <p>
        Looked at on <Moment at={report.asOf} show="minute" zone={report.timeZone} /> ({report.timeZone}), compared with{' '}
        {report.before}. {definitions.count} figures,{' '}
        {hasDefinitions ? <a href="/definitions">each with its definition</a> : 'each with a written definition'}
        {definitions.changed ? `, ${definitions.changed} of them in a later version than the first` : ''}. Intervals
        hold in 95 of 100 cases; a change is called one only where its interval leaves out none.
      </p>
      {releases.length ? (
        <p>
          Survey results of{' '}
          {releases.map((release, at) => (
            <span key={release.wave}>
              {at ? ', ' : ''}
              {hasDefinitions ? <a href={`/surveys/${release.wave}`}>{release.title}</a> : release.title}
            </span>
          ))}
          , as published.
        </p>
      ) : null}
      {edition && edition.number > 1 ? (
        <>
          <p>
            <b>Edition {edition.number}.</b> {edition.reason}
          </p>
          {edition.differences.length ? (
            <ul>
              {edition.differences.map(one => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          ) : (
            <p>No figure differs from the edition before.</p>
          )}
        </>
      ) : null}
    </section>
  )
}

/** Columns of the headline figures, so that none stands alone in a row. */
function columnsFor(count: number): 3 | 4 {
  return count % 4 === 1 || count % 3 === 0 ? 3 : 4
}
