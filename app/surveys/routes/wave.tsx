import { type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { notFound } from '#app/platform/errors.ts'
import { respondScript } from '#app/surveys/casting/respond-script.server.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { openWaveView } from '#app/surveys/inviting/open-wave-view.server.ts'
import { mayReadRelease, resultsView } from '#app/surveys/results/results-view.server.ts'
import { AbandonedWave } from '#app/surveys/ui/abandoned-wave.tsx'
import { OpenWave } from '#app/surveys/ui/open-wave.tsx'
import { ResultsPage } from '#app/surveys/ui/results-page.tsx'
import '#app/surveys/ui/ballot-part.css'
import { pageOf } from '#app/ui/pages.tsx'
import '#app/surveys/ui/open-wave.css'
import '#app/surveys/ui/results.css'

export const loader = pageLoader('read', async ({ db, clock, actor, params, url }) => {
  const wave = await findWave(db, params.wave ?? '', clock)
  if (!wave) throw notFound('This survey')
  if (wave.kept === 'planned') {
    if (can(actor, 'administer')) throw redirect(`/surveys/${wave.id}/manage`)
    throw notFound('This survey')
  }
  if (wave.kept === 'abandoned')
    return { kind: 'abandoned' as const, title: wave.title, at: wave.abandonedAt, why: wave.abandonedWhy }
  const item = url.searchParams.get('comments')
  const turned = item === null ? null : { item, page: pageOf(url) }
  if (mayReadRelease(wave, actor))
    return { kind: 'results' as const, title: wave.title, view: await resultsView({ db, clock, actor }, wave, turned) }
  const { src, integrity } = respondScript()
  return { kind: 'open' as const, view: await openWaveView({ db, actor }, wave), script: { src, integrity } }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.kind === 'open' ? data.view.wave.title : (data?.title ?? 'Survey')} · Candor` },
]

export default function WavePage() {
  const shown = useLoaderData<typeof loader>()
  if (shown.kind === 'results') return <ResultsPage view={shown.view} />
  return shown.kind === 'abandoned' ? <AbandonedWave {...shown} /> : <OpenWave {...shown} />
}
