/** The hour of a forum, line by line. */
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { minutesOf } from '../agenda.ts'
import type { AgendaItem, ForumView } from '../view-forum.server.ts'
import { clockAfter } from './forum-time.tsx'

export function AgendaList({
  forum,
  under,
}: {
  forum: ForumView
  under?: (item: AgendaItem, place: number) => ReactNode
}) {
  const clock = (minutes: number) => clockAfter(forum.startsAt, forum.timeZone, minutes)
  return (
    <>
      {forum.conflicts.map(conflict => (
        <p className="conflict" key={conflict}>
          {conflict}
        </p>
      ))}
      <ol className="agenda" aria-label="Agenda">
        {forum.frame.opening > 0 ? (
          <FrameLine at={clock(0)} title="Opening" minutes={forum.frame.opening} note="how we talk here" />
        ) : null}
        {forum.items.map((item, place) => (
          <li key={item.id} data-item={item.id}>
            <span className="at">{clock(item.offset)}</span>
            <div>
              <h3>
                <ItemTitle item={item} />
              </h3>
              <ItemFacts item={item} />
              {item.conflicts.map(conflict => (
                <p className="conflict" key={conflict}>
                  {conflict}
                </p>
              ))}
              {under?.(item, place)}
            </div>
          </li>
        ))}
        {forum.frame.patterns > 0 ? (
          <FrameLine
            at={clock(forum.offsets.patterns)}
            title="Patterns"
            minutes={forum.frame.patterns}
            note="what these have in common"
          />
        ) : null}
        {forum.frame.buffer > 0 ? (
          <FrameLine
            at={clock(forum.offsets.buffer)}
            title="Buffer"
            minutes={forum.frame.buffer}
            note="for what takes longer"
          />
        ) : null}
      </ol>
    </>
  )
}

function FrameLine({ at, title, minutes, note }: { at: string; title: string; minutes: number; note: string }) {
  return (
    <li className="is-frame">
      <span className="at">{at}</span>
      <span>
        {title}
        <small>
          {minutes} min · {note}
        </small>
      </span>
    </li>
  )
}

export function ItemTitle({ item }: { item: AgendaItem }) {
  const title = <bdi>{item.title}</bdi>
  if (item.postmortem) return <Link to={`/library/${item.postmortem.slug}`}>{title}</Link>
  if (item.incident) return <Link to={`/incidents/${encodeURIComponent(item.incident.key)}`}>{title}</Link>
  return title
}

function ItemFacts({ item }: { item: AgendaItem }) {
  const { context, discussion, capture } = item.phases
  const facts = [
    item.incident?.key,
    item.incident?.severity,
    `${minutesOf(item.phases)} min: ${context} context, ${discussion} discussion, ${capture} capture`,
    item.postmortem
      ? `${item.postmortem.readingMinutes} min to read${item.postmortem.status === 'published' ? '' : `, ${item.postmortem.status}`}`
      : 'postmortem not published yet',
  ]
  return (
    <small>
      {facts.filter(Boolean).join(' · ')}
      {item.presenter ? (
        <>
          {' · '}
          <bdi>{item.presenter.name}</bdi> presents
        </>
      ) : null}
      {item.reason ? (
        <>
          <br />
          <bdi>{item.reason}</bdi>
        </>
      ) : null}
    </small>
  )
}
