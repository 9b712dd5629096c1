import { Form } from '@remix-run/react'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'

/** Takes a role for oneself, or puts on record who held one. */
export function RoleForm({
  people,
  me,
  definitions,
}: {
  people: { id: string; label: string }[]
  me: string
  definitions: { role: string; purpose: string }[]
}) {
  return (
    <section aria-labelledby="take">
      <h2 id="take">Take a role</h2>
      <Form method="post">
        <Fields>
          <div className="row">
            <SelectField
              name="role"
              label="Role"
              required
              options={[
                { value: '', label: 'Choose' },
                ...definitions.map(({ role }) => ({ value: role, label: role })),
              ]}
            />
            <SelectField
              name="personId"
              label="Who"
              required
              defaultValue={me}
              options={[{ value: '', label: 'Choose' }, ...people.map(({ id, label }) => ({ value: id, label }))]}
            />
          </div>
          <div className="row">
            <TextField name="from" type="datetime-local" label="From" required={false} help="Now, if left empty." />
            <TextField
              name="until"
              type="datetime-local"
              label="Until"
              required={false}
              help="Leave empty while it is held."
            />
          </div>
          <p className="actions">
            <button className="btn primary" name="intent" value="take">
              Put on record
            </button>
          </p>
        </Fields>
      </Form>
    </section>
  )
}
