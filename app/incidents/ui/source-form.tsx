import { Form } from '@remix-run/react'
import { useRefusalOf } from '#app/identity/ui/forms.ts'
import { KINDS, type SourceKind } from '#app/incidents/hooks/source-kinds.ts'
import { Fields, TextArea, TextField } from '#app/ui/form.tsx'

/** The name of a source, and which of its words mean what here. */
export function SourceForm({
  source,
}: {
  source: { name: string; kind: SourceKind; severities: string; services: string; environments: string }
}) {
  const isAboutDeployments = source.kind === 'github'
  return (
    <section aria-labelledby="words">
      <h2 id="words">Its words and ours</h2>
      <Form method="post">
        <input type="hidden" name="intent" value="change" />
        <Fields state={useRefusalOf('change')}>
          <TextField name="name" label="Name" required defaultValue={source.name} help="Its address stays the same." />
          {isAboutDeployments ? (
            <TextArea
              name="environments"
              label="Environments that count"
              required={false}
              rows={3}
              mono
              defaultValue={source.environments}
              help="One on each line. When none is named, deployments to all of them count."
            />
          ) : (
            <TextArea
              name="severities"
              label="Severities"
              required={false}
              rows={5}
              mono
              defaultValue={source.severities}
              help={`One on each line, such as: ${SEVERITY_EXAMPLES[source.kind]}. A word that is not here, and no severity itself, leaves the severity open.`}
            />
          )}
          <TextArea
            name="services"
            label="Services"
            required={false}
            rows={5}
            mono
            defaultValue={source.services}
            help={
              isAboutDeployments
                ? 'One on each line, such as: acme/cart-api = cart. A repository that is not here counts for the service with its name.'
                : 'One on each line, such as: Cart API = cart. A name that is not here is a service’s own name, and unknown ones are made; “Name = -” leaves one out.'
            }
          />
        </Fields>
        <button className="btn primary">Save</button>
      </Form>
    </section>
  )
}

const SEVERITY_EXAMPLES = Object.fromEntries(
  Object.entries(KINDS).map(([kind, { severities }]) => {
    const [first] = Object.entries(severities)
    return [kind, first ? first.join(' = ') : '']
  }),
) as Record<SourceKind, string>
