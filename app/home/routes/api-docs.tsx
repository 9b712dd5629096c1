import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OPERATIONS, openApiDocument } from '#app/home/openapi.ts'
import '#app/home/ui/api-docs.css'
import { originOf } from '#app/http/origin.server.ts'
import { pageLoader } from '#app/http/route.server.ts'

interface Described {
  parameters: {
    name: string
    in: string
    description?: string
    schema: { type?: string; enum?: string[]; default?: unknown }
  }[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, { content: Record<string, { schema: unknown }> }>
}

export const loader = pageLoader('read', async ({ origin, url }) => {
  const base = originOf(origin, url)
  const { paths } = openApiDocument(base) as { paths: Record<string, Record<string, Described>> }
  return {
    base: `${base}/api/v1`,
    operations: OPERATIONS.map(({ id, method, path, summary, permission, status = 200 }) => {
      const described = paths[path]?.[method] as Described
      const body = Object.entries(described.requestBody?.content ?? {})
      return {
        id,
        method: method.toUpperCase(),
        path,
        summary,
        permission,
        parameters: described.parameters.map(({ name, in: where, description, schema }) => ({
          name,
          where,
          text: [
            description,
            schema.enum?.join(' · '),
            schema.default === undefined ? null : `default ${JSON.stringify(schema.default)}`,
          ]
            .filter(Boolean)
            .join('; '),
        })),
        body: body.map(([type, content]) => ({
          type,
          schema: type === 'application/json' ? JSON.stringify(content.schema, null, 2) : null,
        })),
        response: JSON.stringify(Object.values(described.responses[status]?.content ?? {})[0]?.schema, null, 2),
      }
    }),
  }
})

export const meta: MetaFunction = () => [{ title: 'API · Candor' }]

export default function ApiDocs() {
  const { base, operations } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="api-docs">
      <h1>API</h1>
      <p className="lead">
        Everything below <code>{base}</code>, as JSON. The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
      </p>
      <p>
        Send a token that an administrator made: <code>Authorization: Bearer …</code>. Lists are pages; follow{' '}
        <code>nextCursor</code>. Errors are <code>application/problem+json</code>. What your role may not see answers
        404.
      </p>
      <nav aria-label="Operations">
        <ul className="operations">
          {operations.map(operation => (
            <li key={operation.id}>
              <a href={`#${operation.id}`}>
                <span className="num">
                  {operation.method} {operation.path}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {operations.map(operation => (
        <section key={operation.id} aria-labelledby={operation.id}>
          <h2 id={operation.id}>
            <span className="num">
              {operation.method} {operation.path}
            </span>
          </h2>
          <p>
            {operation.summary}. <span className="muted">Needs: {operation.permission}.</span>
          </p>
          {operation.parameters.length ? (
            <table className="stacks">
              <thead>
                <tr>
                  <th>Parameter</th>
                  <th>In</th>
                  <th>Meaning</th>
                </tr>
              </thead>
              <tbody>
                {operation.parameters.map(parameter => (
                  <tr key={parameter.name}>
                    <td>
                      <code>{parameter.name}</code>
                    </td>
                    <td data-label="In">{parameter.where}</td>
                    <td>{parameter.text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
          {operation.body.map(body => (
            <details key={body.type}>
              <summary>
                Body <code>{body.type}</code>
              </summary>
              {body.schema ? <pre tabIndex={0}>{body.schema}</pre> : null}
            </details>
          ))}
          <details>
            <summary>Answer</summary>
            <pre tabIndex={0}>{operation.response}</pre>
          </details>
        </section>
      ))}
    </main>
  )
}
