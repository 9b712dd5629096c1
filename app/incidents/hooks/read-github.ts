/** GitHub's deployments: one counts when it is said to have succeeded. */
import { idAt, isObject, lineAt, momentAt, valueAt } from './payload.ts'
import { type Content, type Envelope, ignored, NAME, type Reading } from './reading.ts'

export function readGitHub(payload: unknown, { headers, receivedAt }: Envelope): Reading {
  const status = valueAt(payload, 'deployment_status')
  const event = headers['x-github-event'] ?? (isObject(status) ? 'deployment_status' : '')
  const state = lineAt(status, NAME, 'state')
  const type = lineAt({ event }, NAME, 'event') ?? ''
  const at = momentAt(status, 'created_at') ?? momentAt(status, 'updated_at')
  const eventId = headers['x-github-delivery']
  return {
    eventId: idAt({ eventId }, 'eventId'),
    type: state && type === 'deployment_status' ? `${type} ${state}` : type,
    at,
    content: contentOf(payload, type, state, at ?? receivedAt),
  }
}

function contentOf(payload: unknown, type: string, state: string | null, at: string): Content {
  if (type === 'ping') return ignored('GitHub asks whether the address works, and it does.')
  if (type !== 'deployment_status') return ignored('Candor counts deployments when their status is told.')
  if (state !== 'success') return ignored('Only a deployment that succeeded counts.')
  const id = idAt(payload, 'deployment', 'id') ?? idAt(payload, 'deployment', 'node_id')
  const repository = lineAt(payload, NAME, 'repository', 'name')
  const fullName = lineAt(payload, NAME, 'repository', 'full_name')
  const repositories = [fullName, repository].filter(name => name !== null)
  if (id === null || repositories.length === 0)
    return ignored('It does not say which deployment of which repository it is.')
  const environment =
    lineAt(payload, NAME, 'deployment_status', 'environment') ?? lineAt(payload, NAME, 'deployment', 'environment')
  return { kind: 'deployment', deployment: { id, at, repositories, environment } }
}
