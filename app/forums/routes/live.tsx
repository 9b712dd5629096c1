import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { contextsOf } from '#app/forums/live-context.server.ts'
import { commandOf } from '#app/forums/live-form.server.ts'
import { isPresenceShown, setPresenceShown } from '#app/forums/presence-choice.server.ts'
import { readPrompts } from '#app/forums/prompts.server.ts'
import { giveCommand, readCapture, readLiveState } from '#app/forums/read-live.server.ts'
import { LiveBoard } from '#app/forums/ui/live-board.tsx'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { peopleWhoMay } from '#app/identity/account-holders.server.ts'
import { can } from '#app/identity/actor.ts'
import { isoNow } from '#app/platform/clock.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { Fields } from '#app/ui/form.tsx'
import '#app/forums/ui/live.css'
import '#app/forums/ui/live-said.css'

export const loader = pageLoader('take part in forums', async ({ db, clock, log, actor, url, params: { id = '' } }) => {
  const context = { db, clock, log, actor }
  const mayRun = can(actor, 'run forums')
  const [forum, state, capture, themes, isShown, runners] = await Promise.all([
    viewForum(context, id),
    readLiveState(context, id),
    readCapture(context, id),
    listThemes(db),
    isPresenceShown(context),
    mayRun ? peopleWhoMay(db, 'run forums', isoNow(clock).slice(0, 10)) : [],
  ])
  const contexts = await contextsOf(
    db,
    forum.items.flatMap(({ incident, postmortem }) =>
      incident ? [{ key: incident.key, slug: postmortem?.slug ?? null }] : [],
    ),
  )
  return {
    title: forum.title,
    startsAt: forum.startsAt,
    timeZone: forum.timeZone,
    minutes: forum.minutes,
    items: forum.items.map(({ id, title, incident, postmortem }) => ({
      id,
      title,
      key: incident?.key ?? null,
      slug: postmortem?.slug ?? null,
      context: (incident && contexts.get(incident.key)) ?? null,
    })),
    state,
    capture,
    themes: themes.map(({ slug, name }) => ({ slug, name })),
    prompts: readPrompts(),
    mayRun: runners,
    me: { id: actor.personId, mayRun, isShown },
    isRoom: url.searchParams.get('view') === 'room',
  }
})

export const action = pageAction(
  'take part in forums',
  async ({ db, clock, log, actor, form, params: { id = '' }, url }) => {
    if (textOf(form, 'intent') === 'presence')
      await setPresenceShown({ db, clock, actor }, textOf(form, 'isShown') === 'yes')
    else await giveCommand({ db, clock, log, actor }, id, commandOf(form))
    return redirect(`/forums/${id}/live${url.search}`)
  },
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Forum'}, live · Candor` }]

export default function Live() {
  const board = useLoaderData<typeof loader>()
  return (
    <main id="content" className={board.isRoom ? 'live room' : 'live'}>
      <div className="title-line">
        <h1>
          <bdi>{board.title}</bdi>
        </h1>
        <Link className="small" to={board.isRoom ? '?' : '?view=room'}>
          {board.isRoom ? 'Everybody’s view' : 'Large, for the room'}
        </Link>
      </div>
      <Fields>
        <LiveBoard key={board.state.forum} board={board} />
      </Fields>
    </main>
  )
}
