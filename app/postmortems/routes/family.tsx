import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { mergeFamilies } from '#app/incidents/merge-families.server.ts'
import { renameFamily } from '#app/incidents/rename-family.server.ts'
import { reviewRepeat } from '#app/incidents/review-repeat.server.ts'
import { splitFamily } from '#app/incidents/split-family.server.ts'
import { undoFamilyChange } from '#app/incidents/undo-family-change.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { familyPage } from '#app/postmortems/family-page.server.ts'
import { FamilyForms } from '#app/postmortems/ui/family-forms.tsx'
import { FamilyLine } from '#app/postmortems/ui/family-line.tsx'
import { Empty } from '#app/ui/empty.tsx'
import '#app/identity/ui/people.css'
import '#app/postmortems/ui/family.css'

export const loader = pageLoader('read', ({ db, clock, actor, params }) =>
  familyPage({ db, clock, actor }, params.slug ?? ''),
)

export const action = pageAction('edit the library', async ({ db, clock, actor, params, form }) => {
  const context = { db, clock, actor }
  const slug = params.slug ?? ''
  switch (textOf(form, 'intent')) {
    case 'rename': {
      await renameFamily(context, { slug, name: textOf(form, 'name') })
      return redirect(`/families/${slug}?saved=rename`)
    }
    case 'review': {
      await reviewRepeat(context, { key: textOf(form, 'key'), note: textOf(form, 'note') })
      return redirect(`/families/${slug}?saved=review`)
    }
    case 'split': {
      const keys = form.getAll('members').map(String)
      const other = await splitFamily(context, { slug, keys, name: textOf(form, 'name') })
      return redirect(`/families/${other.slug}?saved=split`)
    }
    case 'merge': {
      const into = await mergeFamilies(context, { slug, into: textOf(form, 'into') })
      return redirect(`/families/${into.slug}?saved=merge`)
    }
    case 'undo': {
      await undoFamilyChange(context, { id: textOf(form, 'change') })
      return redirect(`/families/${slug}?saved=undo`)
    }
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.family.name ?? 'Family'} · Families · Candor` },
]

const SAVED = {
  rename: 'Renamed. Its address stays.',
  review: 'The review is noted.',
  split: 'Split. The family that they left can undo it.',
  merge: 'Merged. The family that they left can undo it.',
  undo: 'Undone.',
}

export default function FamilyPage() {
  const { family, members, today, others, changes, movedTo, mayJudge } = useLoaderData<typeof loader>()
  const repeats = members.filter(member => member.repeat).length
  return (
    <main id="content">
      <p className="eyebrow">Family</p>
      <h1>
        <bdi>{family.name}</bdi>
      </h1>
      <p className="lead">
        {members.length === 1 ? 'One incident' : `${members.length} incidents`} judged to be the same failure
        {repeats ? `; ${repeats === 1 ? 'once' : `${repeats} times`} it came back within half a year` : ''}.
      </p>
      <Saved words={SAVED} />
      {members.length ? (
        <FamilyLine members={members} today={today} mayJudge={mayJudge} />
      ) : (
        <Empty title="No incidents are in this family any more">
          {movedTo ? (
            <p>
              They are in <Link to={`/families/${movedTo.slug}`}>{movedTo.name}</Link> now.
            </p>
          ) : (
            <p>They were judged to be other failures.</p>
          )}
        </Empty>
      )}
      {mayJudge ? <FamilyForms name={family.name} members={members} others={others} changes={changes} /> : null}
    </main>
  )
}
