import { Form, Link } from '@remix-run/react'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'

/** Adds a service, or changes the one that is given. */
export function ServiceForm({
  service,
  teams,
}: {
  service: { slug: string; name: string; teamId: string | null } | null
  teams: { id: string; name: string }[]
}) {
  const options = [{ value: '', label: 'No team' }, ...teams.map(team => ({ value: team.id, label: team.name }))]
  return (
    <section aria-labelledby="add">
      <h2 id="add">
        {service ? (
          <>
            Change <bdi>{service.name}</bdi>
          </>
        ) : (
          'Add a service'
        )}
      </h2>
      <Form method="post">
        <input type="hidden" name="slug" value={service?.slug ?? ''} />
        <Fields>
          <TextField
            name="name"
            label="Name"
            required
            defaultValue={service?.name}
            help={
              service
                ? 'Imports and addresses under the old name still find it.'
                : 'As people say it, such as payments-api.'
            }
          />
          <SelectField
            name="teamId"
            label="Team"
            required={false}
            defaultValue={service?.teamId}
            options={options}
            help="Who is asked about its incidents."
          />
        </Fields>
        <p className="actions">
          <button type="submit" className="btn primary">
            {service ? 'Save' : 'Add the service'}
          </button>
          {service ? (
            <Link className="btn quiet" to="/admin/services">
              Leave it as it is
            </Link>
          ) : null}
        </p>
      </Form>
    </section>
  )
}
