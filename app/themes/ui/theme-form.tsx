import { Form, Link } from '@remix-run/react'
import { Fields, SelectField, TextArea, TextField } from '#app/ui/form.tsx'

interface Props {
  /** What is there already; absent for a new theme. */
  theme?: { name: string; definition: string; synonyms: string[]; parent: string | null }
  /** Themes that may stand above it. */
  parents: { slug: string; name: string }[]
  submit: string
  /** Where Cancel leads. */
  back: string
}

/** The fields of a theme, for adding one and for changing one. */
export function ThemeForm({ theme, parents, submit, back }: Props) {
  return (
    <Form method="post">
      <Fields>
        <TextField
          name="name"
          label="Name"
          required
          defaultValue={theme?.name}
          autoComplete="off"
          help={
            theme
              ? 'With another name it gets another address; the old one keeps leading here.'
              : 'Two or three words that name a condition, not a component.'
          }
        />
        <TextArea
          name="definition"
          label="Definition"
          required
          rows={3}
          defaultValue={theme?.definition}
          help="One sentence that tells an editor when the theme applies and when it does not."
        />
        <TextArea
          name="synonyms"
          label="Synonyms"
          required={false}
          rows={8}
          defaultValue={theme?.synonyms.join('\n')}
          help="One word or phrase to a line. A text that uses one of them gets this theme suggested, never applied."
        />
        {parents.length ? (
          <SelectField
            name="parent"
            label="Belongs to"
            required={false}
            defaultValue={theme?.parent}
            options={[
              { value: '', label: 'None: a top-level theme' },
              ...parents.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
          />
        ) : (
          <p className="note">This theme has sub-themes, so it stays on the top level.</p>
        )}
        <p className="actions">
          <button type="submit" className="btn primary">
            {submit}
          </button>
          <Link className="btn quiet" to={back}>
            Cancel
          </Link>
        </p>
      </Fields>
    </Form>
  )
}
