import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { renderMarkdown } from '#app/platform/markdown.server.ts'
import { CHAPTER_QUESTIONS, CHAPTERS } from '#app/reports/report.ts'
import { saveCommentary, saveStory } from '#app/reports/save-words.server.ts'
import { viewReport } from '#app/reports/view-report.server.ts'
import { Fields, TextArea, useRefusal } from '#app/ui/form.tsx'
import '#app/ui/prose.css'
import '#app/reports/ui/reports.css'

export const loader = pageLoader('write reports', async ({ db, clock, actor, params }) => {
  const key = params.period ?? ''
  const view = await viewReport({ db, clock, actor }, key, { draft: true })
  if (view.state === 'none') throw notFound('This report')
  if (view.state === 'published' || !view.content) throw redirect(`/reports/${key}`)
  const { content, words, versions } = view
  return {
    key,
    title: view.title,
    story: {
      text: words.story ?? '',
      version: versions.story,
      drafted: content.story.map(claim => claim.text).join(' '),
    },
    chapters: content.chapters.map(({ id, claims, missing }) => ({
      id,
      drafted: claims.map(claim => claim.text).join(' ') || missing || '',
      text: words.commentary[id] ?? '',
      version: versions.commentary[id] ?? 0,
    })),
    mayPublish: view.mayPublish && view.isOver,
  }
})

export const action = pageAction('write reports', async ({ db, clock, actor, params, form }) => {
  const key = params.period ?? ''
  const part = textOf(form, 'part')
  const text = textOf(form, 'text')
  const version = textOf(form, 'version')
  if ((part !== 'story' && !CHAPTERS.some(id => id === part)) || !/^\d{1,9}$/.test(version))
    throw invalidField('part', 'The form is incomplete. Please load the page again.')
  if (textOf(form, 'do') === 'preview') return data({ ok: true, part, text, html: renderMarkdown(text).html })
  const written = { text, version: Number(version) }
  if (part === 'story') await saveStory({ db, clock, actor }, key, written)
  else await saveCommentary({ db, clock, actor }, key, part, written)
  return redirect(`/reports/${key}/edit?saved=${part}#${part}`)
})

/** After a refusal too: whoever was overtaken is shown what is saved now. */
export const shouldRevalidate = () => true

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Write: ${data?.title ?? ''} · Candor` }]

const SAID = Object.fromEntries(['story', ...CHAPTERS].map(part => [part, 'Saved.']))

export default function EditReport() {
  const { key, title, story, chapters, mayPublish } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/reports/${key}?draft=1`}>{title}</Link>
      </p>
      <h1>Write the report</h1>
      <p className="lead">
        The figures speak for themselves; say what they mean to you, and what will be done. Each text is saved by
        itself.
      </p>
      <Saved words={SAID} />
      <Written
        part="story"
        title="The story"
        {...story}
        help="Markdown. Shown instead of the drafted sentences; leave it empty to keep those."
      />
      {chapters.map(({ id, ...chapter }) => (
        <Written
          key={id}
          part={id}
          title={CHAPTER_QUESTIONS[id]}
          {...chapter}
          help="Markdown. Stands beside the chapter’s figures, as the words of your organisation."
        />
      ))}
      <p className="actions">
        <Link className="btn" to={`/reports/${key}?draft=1`}>
          Read the draft
        </Link>
        {mayPublish ? (
          <Link className="btn" to={`/reports/${key}/publish`}>
            Publish
          </Link>
        ) : null}
      </p>
    </main>
  )
}

const QUIET = { errors: [], values: {} }

interface WrittenProps {
  part: string
  title: string
  /** What the rules say here. */
  drafted: string
  text: string
  version: number
  help: string
}

/** One text in its form. Where somebody else saved meanwhile, both texts are there to be put together. */
function Written({ part, title, drafted, text, version, help }: WrittenProps) {
  const refusal = useRefusal()
  const answer = useActionData() as { ok: boolean; part?: string; text?: string; html?: string } | undefined
  const mine = refusal?.values.part?.[0] === part ? refusal : null
  const preview = answer?.ok && answer.part === part ? answer : null
  const isBehind = mine !== null && mine.values.version?.[0] !== String(version)
  return (
    <section className="written" id={part} aria-labelledby={`${part}-title`}>
      <h2 id={`${part}-title`}>{title}</h2>
      {drafted ? <p className="drafted">{drafted}</p> : null}
      <Form method="post" action={`#${part}`}>
        <Fields state={mine ?? QUIET} within={`${part}-`}>
          <input type="hidden" name="part" value={part} />
          <input type="hidden" name="version" value={version} />
          {isBehind ? (
            <div className="theirs">
              <p className="small muted">What is saved now:</p>
              <pre>{text || 'Nothing: it was taken away.'}</pre>
            </div>
          ) : null}
          <TextArea
            name="text"
            label={part === 'story' ? 'Your story' : 'Commentary'}
            required={false}
            rows={6}
            defaultValue={preview?.text ?? text}
            help={help}
          />
          {preview ? (
            <div className="preview">
              <p className="small muted">As it will be shown; not saved yet:</p>
              <div
                className="prose"
                // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
                dangerouslySetInnerHTML={{ __html: preview.html || '<p>Nothing.</p>' }}
              />
            </div>
          ) : null}
          <p className="actions">
            <button className="btn primary" aria-label={`Save: ${title}`}>
              Save
            </button>
            <button className="btn quiet" name="do" value="preview" aria-label={`Preview: ${title}`}>
              Preview
            </button>
          </p>
        </Fields>
      </Form>
    </section>
  )
}
