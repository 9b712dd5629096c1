import { Form } from '@remix-run/react'
import { useRefusalOf } from '#app/identity/ui/forms.ts'
import { CheckField, Fields, SelectField, TextField } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

interface Props {
  name: string
  members: { key: string; title: string }[]
  others: { slug: string; name: string; members: number }[]
  changes: { id: string; kind: string; at: string; by: string; incidents: number; isUndone: boolean }[]
}

const KINDS: Record<string, string> = { confirmed: 'put in', split: 'split off', merged: 'merged into another' }

/** What an editor may judge anew; each can be undone. */
export function FamilyForms({ name, members, others, changes }: Props) {
  const rename = useRefusalOf('rename')
  const split = useRefusalOf('split')
  const merge = useRefusalOf('merge')
  return (
    <section className="no-print" aria-labelledby="judge">
      <h2 id="judge">Judge anew</h2>
      <details className="judge" open={rename.errors.length > 0}>
        <summary>It is better called something else</summary>
        <Form method="post">
          <Fields state={rename} within="rename-">
            <input type="hidden" name="intent" value="rename" />
            <TextField
              name="name"
              label="What keeps coming back"
              defaultValue={name}
              required
              help="The address stays, and imports under the old name still find it."
            />
            <p className="actions">
              <button className="btn">Rename</button>
            </p>
          </Fields>
        </Form>
      </details>
      {members.length > 1 ? (
        <details className="judge" open={split.errors.length > 0}>
          <summary>Some of these are another failure</summary>
          <Form method="post">
            <Fields state={split}>
              <input type="hidden" name="intent" value="split" />
              <fieldset id="field-members">
                <legend>Which ones</legend>
                {members.map(member => (
                  <CheckField
                    key={member.key}
                    name="members"
                    value={member.key}
                    label={
                      <>
                        <bdi>{member.title}</bdi> <span className="key muted">{member.key}</span>
                      </>
                    }
                  />
                ))}
              </fieldset>
              <TextField name="name" label="What keeps coming back in those" required />
              <p className="actions">
                <button className="btn">Split them off</button>
              </p>
            </Fields>
          </Form>
        </details>
      ) : null}
      {members.length > 0 && others.length > 0 ? (
        <details className="judge" open={merge.errors.length > 0}>
          <summary>All of these are the same as another family</summary>
          <Form method="post">
            <Fields state={merge}>
              <input type="hidden" name="intent" value="merge" />
              <SelectField
                name="into"
                label="Which family"
                options={[
                  { value: '', label: 'Choose' },
                  ...others.map(one => ({ value: one.slug, label: `${one.name} (${one.members})` })),
                ]}
                help="This address stays and leads there. It can be undone."
              />
              <p className="actions">
                <button className="btn">Merge</button>
              </p>
            </Fields>
          </Form>
        </details>
      ) : null}
      {changes.length ? (
        <ul className="rows">
          {changes.map(change => (
            <li key={change.id}>
              <span>
                {change.incidents === 1 ? 'One incident' : `${change.incidents} incidents`}{' '}
                {KINDS[change.kind] ?? change.kind} by <bdi>{change.by}</bdi>, <When at={change.at} />
              </span>
              {change.isUndone ? (
                <span className="muted small">undone</span>
              ) : (
                <Form method="post">
                  <input type="hidden" name="change" value={change.id} />
                  <button className="btn small" name="intent" value="undo">
                    Undo<span className="visually-hidden"> what {change.by} did</span>
                  </button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
