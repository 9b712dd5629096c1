/** What came of a forum, item by item. */
import { Link } from '@remix-run/react'
import { Day } from '#app/ui/time.tsx'
import { minutesInWords } from '../record.ts'
import type { FollowUp, RecordedItem, RecordView } from '../view-record.server.ts'

const PHASES = [
  ['context', 'Context'],
  ['discussion', 'Discussion'],
  ['capture', 'Capture'],
] as const

export function Record({ record, forumId, maySettle }: { record: RecordView; forumId: string; maySettle: boolean }) {
  return (
    <div className="record">
      <p>
        {record.attended === 1 ? 'One person attended.' : `${record.attended} people attended.`} The items took{' '}
        {minutesInWords(record.spentSeconds)} of {minutesInWords(record.plannedSeconds)} planned.
      </p>
      {record.waiting > 0 ? (
        <p className="notice">
          {record.waiting === 1 ? 'One proposal waits' : `${record.waiting} proposals wait`} for owner and date, to be
          confirmed by <Day on={record.confirmBy} />
          {record.isLate ? ', which is past' : ''}.
        </p>
      ) : null}
      {record.items.map(item => (
        <ItemSection key={item.itemId} item={item} forumId={forumId} maySettle={maySettle} />
      ))}
      {record.patterns.length > 0 ? (
        <section>
          <h3>Patterns across the incidents</h3>
          <Texts texts={record.patterns} />
        </section>
      ) : null}
      {record.followUps.length > 0 ? (
        <section>
          <h3>Proposals of the whole forum</h3>
          <FollowUps followUps={record.followUps} forumId={forumId} maySettle={maySettle} />
        </section>
      ) : null}
      {record.parkingLot.length > 0 ? (
        <section>
          <h3>Parking lot</h3>
          <Texts texts={record.parkingLot} />
        </section>
      ) : null}
    </div>
  )
}

function ItemSection({ item, forumId, maySettle }: { item: RecordedItem; forumId: string; maySettle: boolean }) {
  return (
    <section>
      <h3>
        {item.postmortem ? (
          <Link to={`/library/${item.postmortem.slug}`}>
            <bdi>{item.title}</bdi>
          </Link>
        ) : item.incidentKey ? (
          <Link to={`/incidents/${encodeURIComponent(item.incidentKey)}`}>
            <bdi>{item.title}</bdi>
          </Link>
        ) : (
          <bdi>{item.title}</bdi>
        )}
      </h3>
      {item.wasDiscussed ? (
        <p className="spent">
          {item.incidentKey ? `${item.incidentKey} · ` : ''}
          {minutesInWords(item.spentSeconds ?? 0)} of {minutesInWords(item.plannedSeconds)}
        </p>
      ) : (
        <p className="spent">Skipped</p>
      )}
      {PHASES.map(([phase, label]) => (
        <Part
          key={phase}
          title={label}
          texts={item.notes.filter(note => note.phase === phase).map(note => note.text)}
        />
      ))}
      <Part title="Contributing factors" texts={item.factors} />
      {item.themes.length > 0 ? (
        <>
          <h4>Themes</h4>
          <p>
            {item.themes.map((theme, i) => (
              <span key={theme.slug}>
                {i > 0 ? ', ' : ''}
                <Link to={`/themes/${theme.slug}`}>
                  <bdi>{theme.name}</bdi>
                </Link>{' '}
                <span className="muted">({theme.votes === 1 ? 'one vote' : `${theme.votes} votes`})</span>
              </span>
            ))}
          </p>
        </>
      ) : null}
      {item.followUps.length > 0 ? (
        <>
          <h4>Proposals</h4>
          <FollowUps followUps={item.followUps} forumId={forumId} maySettle={maySettle} />
        </>
      ) : null}
    </section>
  )
}

function Part({ title, texts }: { title: string; texts: string[] }) {
  if (texts.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <Texts texts={texts} />
    </>
  )
}

function Texts({ texts }: { texts: string[] }) {
  return (
    <ul>
      {texts.map((text, i) => (
        <li key={i}>
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  )
}

function FollowUps({ followUps, forumId, maySettle }: { followUps: FollowUp[]; forumId: string; maySettle: boolean }) {
  return (
    <ul>
      {followUps.map(one => (
        <li key={one.id} className="follow-up">
          {one.action ? (
            <Link to={`/actions/${one.action.id}`}>
              <bdi>{one.text}</bdi>
            </Link>
          ) : (
            <bdi>{one.text}</bdi>
          )}{' '}
          <span className="state">
            <FollowUpState followUp={one} />
          </span>{' '}
          {one.state === 'proposed' && maySettle ? (
            <Link
              className="no-print"
              to={`/forums/${forumId}/proposals/${one.id}`}
              aria-label={`Confirm or drop: ${one.text}`}
            >
              Confirm or drop
            </Link>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function FollowUpState({ followUp: { state, reason, suggestedOwner, action } }: { followUp: FollowUp }) {
  if (state === 'dropped')
    return (
      <>
        dropped: <bdi>{reason}</bdi>
      </>
    )
  if (state === 'confirmed')
    return action ? (
      <>
        {action.state}
        {action.owner ? (
          <>
            , <bdi>{action.owner}</bdi>
          </>
        ) : null}
        {action.dueOn ? (
          <>
            , due <Day on={action.dueOn} />
          </>
        ) : null}
      </>
    ) : (
      <>confirmed</>
    )
  return suggestedOwner ? (
    <>
      proposed, <bdi>{suggestedOwner.name}</bdi> named as owner
    </>
  ) : (
    <>proposed</>
  )
}
