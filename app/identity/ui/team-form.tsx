import { Form } from '@remix-run/react'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import './people.css'

interface TeamChoice {
  slug: string
  name: string
  depth: number
}

export function TeamForm({
  team,
  teams,
  verb,
}: {
  team: { name: string; parent: string | null } | null
  teams: TeamChoice[]
  verb: string
}) {
  const parents = teams.map(one => ({ value: one.slug, label: `${'– '.repeat(one.depth)}${one.name}` }))
  return (
    <Form method="post">
      <Fields>
        <TextField name="name" label="Name" defaultValue={team?.name} required autoComplete="off" />
        <SelectField
          name="parent"
          label="Part of"
          options={[{ value: '', label: 'Nothing: it is at the top' }, ...parents]}
          defaultValue={team?.parent ?? ''}
        />
        <button className="btn primary">{verb}</button>
      </Fields>
    </Form>
  )
}
