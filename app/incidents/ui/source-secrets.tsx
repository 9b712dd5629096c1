import { Form } from '@remix-run/react'
import { useRefusalOf } from '#app/identity/ui/forms.ts'
import type { getSource } from '#app/incidents/hooks/list-sources.server.ts'
import { KINDS, type SourceKind } from '#app/incidents/hooks/source-kinds.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import { Day, When } from '#app/ui/time.tsx'

type Secrets = Awaited<ReturnType<typeof getSource>>['secrets']

/** The secrets of a source, without the secrets: when each came, whether it is in use, a way to change them. */
export function SourceSecrets({ kind, secrets }: { kind: SourceKind; secrets: Secrets }) {
  return (
    <section aria-labelledby="secrets">
      <h2 id="secrets">Secrets</h2>
      <p>
        Each of them is valid, so that one can be changed without missing anything: add the new one, let the other
        program use it, then take the old one away. No secret is ever shown again.
      </p>
      <ul className="secrets">
        {secrets.map((secret, index) => (
          <li key={secret.id}>
            <span>
              Added <When at={secret.createdAt} show="minute" />,{' '}
              {secret.lastUsedOn ? (
                <>
                  last used on <Day on={secret.lastUsedOn} />
                </>
              ) : (
                'not used yet'
              )}
            </span>
            {secrets.length > 1 ? (
              <Form method="post">
                <input type="hidden" name="intent" value="remove-secret" />
                <input type="hidden" name="id" value={secret.id} />
                <button className="btn quiet">
                  Take away<span className="visually-hidden"> secret {index + 1}</span>
                </button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      <Form method="post">
        <input type="hidden" name="intent" value="add-secret" />
        <Fields key={secrets.length} state={useRefusalOf('add-secret')}>
          <TextField
            name="secret"
            label="One more secret"
            type="password"
            autoComplete="off"
            required={KINDS[kind].secretFrom === 'there'}
            help={
              KINDS[kind].secretFrom === 'there'
                ? 'As the other program shows it.'
                : 'Leave it empty, and Candor makes one and shows it once.'
            }
          />
        </Fields>
        <button className="btn">Add the secret</button>
      </Form>
    </section>
  )
}
