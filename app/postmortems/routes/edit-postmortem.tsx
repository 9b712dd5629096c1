import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { useRef, useState } from 'react'
import { textOf } from '#app/http/read-form.server.ts'
import { type ActionArgs, pageAction, pageLoader } from '#app/http/route.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { changeStatus, isStep } from '#app/postmortems/change-status.server.ts'
import { changeVisibility, VISIBILITY_CHANGES } from '#app/postmortems/change-visibility.server.ts'
import { editView } from '#app/postmortems/edit-view.server.ts'
import { EDITOR_SECTIONS, EDITOR_TITLES, inOrderOfTime, isEditorSection } from '#app/postmortems/editor-sections.ts'
import { nameReaders } from '#app/postmortems/name-readers.server.ts'
import { saveSection } from '#app/postmortems/save-section.server.ts'
import { sectionFromFields } from '#app/postmortems/section-form.ts'
import { sectionFromJson } from '#app/postmortems/section-json.ts'
import { recordWithRows } from '#app/postmortems/section-of.server.ts'
import '#app/postmortems/ui/editor.css'
import { EditorAside, Visibility } from '#app/postmortems/ui/editor-aside.tsx'
import { type Blank, SectionForm, type SectionRefusal } from '#app/postmortems/ui/section-form.tsx'
import { useRefusal } from '#app/ui/form.tsx'

export const loader = pageLoader('read', async ({ db, clock, actor, params, url }) => {
  const [, row = '', at = '0', depth = '0'] =
    /^why ([\w-]{1,60}) (\d{1,3}) (\d{1,2})$/.exec(url.searchParams.get('blank') ?? '') ?? []
  const blank: Blank = { section: 'factors', row, at: Number(at), depth: Number(depth), id: newId() }
  return { page: await editView({ db, clock, actor }, params.id ?? ''), blank }
})

export const action = pageAction('draft postmortems', async args => {
  const { db, clock, actor, params, form } = args
  const id = params.id ?? ''
  const { slug } = await recordWithRows({ db, actor }, id)
  const step = textOf(form, 'step')
  if (isStep(step)) {
    await changeStatus({ db, clock, actor }, slug, step)
    return redirect(step === 'publish' ? `/library/${slug}` : `/postmortems/${id}/edit`)
  }
  const intent = textOf(form, 'intent')
  const change = VISIBILITY_CHANGES.find(one => one === intent)
  if (change) {
    await changeVisibility({ db, clock, actor }, slug, { change, reason: textOf(form, 'reason') })
    // Whoever archives or restricts may not see it any more.
    return redirect(change === 'archive' || change === 'restrict' ? '/library' : `/library/${slug}`)
  }
  if (intent === 'readers') {
    await nameReaders({ db, clock, actor }, slug, textOf(form, 'readers').split('\n'))
    return redirect(`/postmortems/${id}/edit#who`)
  }
  return saveFields(args, id)
})

/** The form of a section without JavaScript: its buttons save it, and then add or take away. */
async function saveFields({ db, clock, actor, form }: ActionArgs, id: string) {
  const section = textOf(form, 'section')
  const base = sectionFromJson(textOf(form, 'base'))
  if (!isEditorSection(section) || !base)
    throw new AppError('invalid', 'The form is incomplete. Please load the page again.')
  const asked = textOf(form, 'do')
  const [, gone] = /^remove (\S+)$/.exec(asked) ?? []
  const [, , goneWhy] = /^unwhy (\S+) (\S+)$/.exec(asked) ?? []
  if (goneWhy) form.set(`why.${goneWhy}.text`, '')
  const typed = sectionFromFields(form, section, base)
  const kept = typed.rows.filter(row => row.id !== gone)
  const mine = { ...typed, rows: asked === 'sort' ? inOrderOfTime(kept) : kept }
  const refuse = (status: number, refusal: Omit<SectionRefusal, 'section' | 'mine'>) =>
    data({ ok: false as const, section, mine, ...refusal }, { status })
  try {
    const saved = await saveSection({ db, clock, actor }, id, section, { base, mine })
    if (saved.kind === 'conflict')
      return refuse(409, {
        message: `${EDITOR_TITLES[section]} was saved by ${saved.savedBy ?? 'somebody else'} while you wrote. Both versions are here; nothing of yours is lost.`,
        errors: [],
        theirs: saved.theirs,
      })
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 400) throw error
    return refuse(400, { message: error.message, errors: error.errors, theirs: null })
  }
  const blank = asked.startsWith('why ') ? `?blank=${encodeURIComponent(asked)}` : ''
  return redirect(`/postmortems/${id}/edit${blank}#${section}`)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.page.title ?? ''} · Candor` }]

export default function EditPostmortem() {
  const { page, blank } = useLoaderData<typeof loader>()
  const answer = useActionData() as (SectionRefusal & { ok: false }) | undefined
  const refusal = answer && 'mine' in answer ? answer : null
  const other = useRefusal()
  const [checklist, setChecklist] = useState(page.checklist)
  const settling = useRef(new Map<string, () => Promise<void>>())
  return (
    <main id="content" className="editor-page">
      <div className="editor">
        <p className="eyebrow">
          <Link to={`/library/${page.slug}`}>{page.title}</Link>
        </p>
        <h1>{page.status === 'published' ? 'Correct the postmortem' : 'Write the postmortem'}</h1>
        <p className="lead">
          Each section is saved as you write; every sitting is a revision, and nothing that stood here before is lost.
        </p>
        <p className="to-aside">
          <a href="#about-this-draft">State, what is missing, review</a>
        </p>
        {refusal ? (
          <p className="notice warn">
            <a href={`#${refusal.section}`}>{refusal.message}</a>
          </p>
        ) : other && other.errors.length === 0 ? (
          <p className="notice warn" role="alert">
            {other.message}
          </p>
        ) : null}
        {EDITOR_SECTIONS.map(section => (
          <SectionForm
            key={section}
            section={section}
            page={page}
            blank={blank}
            refusal={refusal?.section === section ? refusal : null}
            onChecklist={setChecklist}
            settling={settling.current}
          />
        ))}
        <Visibility page={page} refusal={refusal ? null : other} />
      </div>
      <EditorAside page={page} checklist={checklist} settling={settling.current} />
    </main>
  )
}
