import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { confirmFamily } from '#app/incidents/confirm-family.server.ts'
import { refuseFamily } from '#app/incidents/refuse-family.server.ts'
import { decideSuggestion } from '#app/postmortems/decide-suggestion.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { ActionTable } from '#app/postmortems/ui/action-table.tsx'
import { Beside } from '#app/postmortems/ui/beside.tsx'
import { CommentOnSelection } from '#app/postmortems/ui/comment-on-selection.tsx'
import { FactorList } from '#app/postmortems/ui/factor-list.tsx'
import '#app/postmortems/ui/postmortem.css'
import '#app/ui/prose.css'
import { Timeline } from '#app/postmortems/ui/timeline.tsx'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'

export const loader = pageLoader('read', async ({ db, actor, params }) => ({
  page: await presentPostmortem({ db, actor }, params.slug ?? ''),
  mayCurate: can(actor, 'edit the library'),
}))

export const action = pageAction('edit the library', async ({ db, clock, actor, params, form }) => {
  const slug = params.slug ?? ''
  const intent = textOf(form, 'intent')
  if (intent === 'same-failure' || intent === 'another-failure') {
    const { incidentKey } = await presentPostmortem({ db, actor }, slug)
    const [key, other] = [incidentKey ?? '', textOf(form, 'other')]
    if (intent === 'another-failure') await refuseFamily({ db, clock, actor }, { key, other })
    else await confirmFamily({ db, clock, actor }, { keys: [key, other], name: textOf(form, 'name') })
    return redirect(`/library/${slug}`)
  }
  await decideSuggestion(
    { db, clock, actor },
    { slug, theme: textOf(form, 'theme'), apply: textOf(form, 'decision') === 'apply' },
  )
  return redirect(`/library/${slug}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.page.title ?? 'Postmortem'} · Library · Candor` },
]

export default function Postmortem() {
  const { page, mayCurate } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="postmortem-page">
      <article className="read prose" id="text">
        <header>
          <p className="eyebrow">
            {page.isPublic
              ? 'Public incident'
              : page.status === 'published'
                ? 'Postmortem'
                : `Postmortem, ${page.status}`}
            {page.incidentKey ? ` · ${page.incidentKey}` : ''}
          </p>
          <h1>
            <bdi>{page.title}</bdi>
          </h1>
          <div className="meta">
            {page.severity ? <Sev code={page.severity} /> : null}
            {page.services.length ? (
              <span>
                {page.services.map((service, index) => (
                  <span key={service.slug}>
                    {index ? ', ' : ''}
                    <Link to={`/library?service=${encodeURIComponent(service.slug)}`}>
                      <bdi>{service.name}</bdi>
                    </Link>
                  </span>
                ))}
              </span>
            ) : null}
            {page.startedAt ? <When at={page.startedAt} /> : page.publishedAt ? <When at={page.publishedAt} /> : null}
            <span>{page.minutes} min read</span>
            {page.detectedBy ? (
              <span>noticed by {page.detectedBy === 'monitoring' ? 'monitoring' : `a ${page.detectedBy}`}</span>
            ) : null}
            {page.family ? (
              <Link className="back" to={`/families/${page.family.slug}`}>
                {page.earlier.length ? `${ordinal(page.earlier.length + 1)} time: ` : ''}
                {page.family.name}
              </Link>
            ) : null}
          </div>
          <Banners page={page} />
          {page.facts.length ? (
            <dl className="facts">
              {page.facts.map(fact => (
                <div key={fact.label}>
                  <dd className={fact.isGap ? 'gap' : undefined}>{fact.value}</dd>
                  <dt>{fact.label}</dt>
                </div>
              ))}
            </dl>
          ) : null}
        </header>
        {page.summaryHtml ? (
          <Html as="section" id="summary" className="opening" html={page.summaryHtml} label="Summary" />
        ) : null}
        {page.before.map(section => (
          <Titled key={section.kind} id={section.kind} title={section.title} html={section.html} />
        ))}
        {page.timeline.length ? (
          <section aria-labelledby="timeline">
            <h2 id="timeline">Timeline</h2>
            <Timeline entries={page.timeline} gapMinutes={page.gap} />
          </section>
        ) : null}
        {page.bodyHtml ? <Html html={page.bodyHtml} className="body" /> : null}
        {page.factors.length ? (
          <section aria-labelledby="factors">
            <h2 id="factors">Contributing factors</h2>
            <FactorList factors={page.factors} />
          </section>
        ) : null}
        {page.after.map(section => (
          <Titled key={section.kind} id={section.kind} title={section.title} html={section.html} />
        ))}
        {page.actions.length ? (
          <section aria-labelledby="actions">
            <h2 id="actions">Action items</h2>
            <ActionTable actions={page.actions} />
          </section>
        ) : null}
        {page.mayEdit && !page.isPublic ? (
          <p className="no-print">
            <Link to={`/actions/new?postmortem=${page.slug}`}>Add an action item</Link>
          </p>
        ) : null}
        <Colophon page={page} />
      </article>
      <Beside page={page} mayCurate={mayCurate} />
      <CommentOnSelection slug={page.slug} textId="text" />
    </main>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>['page']

function Banners({ page }: { page: Page }) {
  return (
    <>
      {page.isRestricted ? (
        <p className="notice warn">
          Restricted: only its authors, named readers and administrators see this.{' '}
          {page.restrictedReason ? `Reason: ${page.restrictedReason}` : ''}
        </p>
      ) : null}
      {page.archivedAt ? (
        <p className="notice warn">Archived: it is out of search and lists until an editor restores it.</p>
      ) : null}
      {page.isPublic && page.sourceUrl ? (
        <p className="notice">
          A well-known incident of another organisation, retold here in our own words.{' '}
          <a href={page.sourceUrl}>Read the source</a>.
        </p>
      ) : null}
    </>
  )
}

function Colophon({ page }: { page: Page }) {
  return (
    <footer className="colophon">
      {page.authors.length ? (
        <p>
          Written by <bdi>{page.authors.join(', ')}</bdi>.
        </p>
      ) : null}
      <p>
        {page.publishedAt ? (
          <>
            Published <When at={page.publishedAt} show="minute" />.{' '}
          </>
        ) : null}
        Revision <span className="num">{page.revision}</span>.{' '}
        {!page.isPublic && page.sourceUrl ? (
          <>
            <a href={page.sourceUrl}>Source</a>.{' '}
          </>
        ) : null}
        <Link className="no-print" to={`/library/${page.slug}/history`}>
          History
        </Link>
      </p>
    </footer>
  )
}

function Titled({ id, title, html }: { id: string; title: string; html: string }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Html html={html} />
    </section>
  )
}

function Html({
  as: Tag = 'div',
  html,
  label,
  ...rest
}: {
  as?: 'div' | 'section'
  id?: string
  className?: string
  html: string
  label?: string
}) {
  return (
    <Tag
      {...rest}
      aria-label={label}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}

function ordinal(n: number): string {
  return ['First', 'Second', 'Third', 'Fourth', 'Fifth'][n - 1] ?? `${n}th`
}
