import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { answerShadowTurn } from '#app/participation/answer-shadow-turn.server.ts'
import { offerShadowTurn } from '#app/participation/offer-shadow-turn.server.ts'
import { participationOverview } from '#app/participation/overview.server.ts'
import { creditsInWords, ownCredits } from '#app/participation/own-credits.server.ts'
import { LeadFigures, MonthTable, monthName, TeamTable } from '#app/participation/ui/figures.tsx'
import { OwnTurns, Volunteers } from '#app/participation/ui/volunteers.tsx'
import { stepBack, volunteer } from '#app/participation/volunteer.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { BarChart } from '#app/ui/chart.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Day } from '#app/ui/time.tsx'
import '#app/participation/ui/participation.css'

export const loader = pageLoader('read', async ({ db, clock, actor, url }) => {
  const [overview, credits] = await Promise.all([
    participationOverview({ db, clock, actor }, { quarter: url.searchParams.get('quarter') }),
    ownCredits({ db, clock, actor }),
  ])
  return { ...overview, own: creditsInWords(credits) }
})

export const action = pageAction('read', async ({ db, clock, actor, form }) => {
  switch (textOf(form, 'intent')) {
    case 'volunteer':
      await volunteer({ db, clock, actor }, { note: textOf(form, 'note') })
      break
    case 'step-back':
      await stepBack({ db, actor })
      break
    case 'offer':
      await offerShadowTurn({ db, clock, actor }, { volunteerId: textOf(form, 'person') })
      break
    case 'answer':
      await answerShadowTurn({ db, clock, actor }, { id: textOf(form, 'turn'), act: textOf(form, 'act') })
      break
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
  return redirect('/participation#would-like-to-lead')
})

export const meta: MetaFunction = () => [{ title: 'Participation · Candor' }]

export default function Participation() {
  const { quarter, until, isRunning, earlier, later, target, figures, teamNames, months, own, volunteers, turns } =
    useLoaderData<typeof loader>()
  const bars = months.map(month => ({
    label: monthName(month.key),
    value: Math.round((100 * month.figures.ledEver) / Math.max(month.figures.eligible, 1)),
  }))
  return (
    <main id="content">
      <h1>Participation</h1>
      <p className="lead">
        How widely leading incidents is spread. Counts of people: nobody is ranked, and nobody is named.
      </p>
      <nav className="quarters" aria-label="Quarters">
        <Link to={`?quarter=${earlier}`}>← {earlier}</Link>
        <span aria-current="page">
          {quarter}, {isRunning ? 'until today, ' : 'until '}
          <Day on={until} />
        </span>
        {later ? <Link to={`?quarter=${later}`}>{later} →</Link> : null}
      </nav>
      {figures.eligible === 0 ? (
        <Empty title="Nobody to count yet">
          <p>
            Engineers count from their 90th day on. Their start dates come with the list of people, and who led comes
            with the incidents.
          </p>
        </Empty>
      ) : (
        <>
          <LeadFigures figures={figures} target={target} />
          <p className="muted small">
            Of engineers who have been here for 90 days, have not left and are not on a leave of 30 days or longer.
            Someone has led who was incident commander for at least ten minutes, or took that role over.{' '}
            <a href="/definitions#participation">How it is counted</a>
          </p>
          <h2>By team</h2>
          <TeamTable figures={figures} names={teamNames} />
          <h2>Month by month</h2>
          <BarChart
            figures={bars}
            caption="Share of engineers who have ever led an incident, at the end of each month, in percent."
            columns={['Month', '%']}
            unit={['percent', 'percent']}
          />
          <MonthTable months={months} />
          <p className="muted small">
            Five days after its end a month is kept as it was. Months from before Candor was in use are not: they follow
            what has been imported.
          </p>
        </>
      )}
      <h2>Yours</h2>
      <p>
        {own} <span className="muted">Only you see this.</span>
      </p>
      <h2 id="would-like-to-lead">I would like to lead</h2>
      <p>
        Whoever puts their own name here is offered a turn beside somebody who leads: listening in, taking notes, asking
        afterwards. It binds nobody.
      </p>
      <OwnTurns turns={turns} />
      <Volunteers volunteers={volunteers} me={volunteers.find(one => one.isMe) ?? null} />
    </main>
  )
}
