/** What whoever plans a forum does with its agenda. */
import { Form, useSubmit } from '@remix-run/react'
import { useCallback, useMemo, useRef } from 'react'
import { Fields, TextField, useRefusal } from '#app/ui/form.tsx'
import { sumInWords } from '../agenda.ts'
import type { AgendaProposal } from '../proposals.ts'
import type { AgendaItem, ForumView } from '../view-forum.server.ts'
import { AgendaList } from './agenda-list.tsx'
import { useDragOrder } from './drag-order.ts'

export function AgendaEditor({ forum, refusedItem }: { forum: ForumView; refusedItem: string | null }) {
  const list = useRef<HTMLDivElement>(null)
  const submit = useSubmit()
  const ids = useMemo(() => forum.items.map(item => item.id), [forum.items])
  const onOrder = useCallback(
    (order: string[]) => submit({ intent: 'order', order: order.join(' ') }, { method: 'post' }),
    [submit],
  )
  useDragOrder(list, ids, onOrder)
  return (
    <div ref={list}>
      <AgendaList
        forum={forum}
        under={(item, place) => (
          <ItemControls
            item={item}
            isFirst={place === 0}
            isLast={place === forum.items.length - 1}
            isRefused={refusedItem === item.id}
          />
        )}
      />
      <p className={forum.sum.left < 0 ? 'hour-sum is-over' : 'hour-sum'} role="status">
        {sumInWords(forum.sum, forum.minutes)}
        {forum.sum.slotsLeft > 0
          ? `: room for ${forum.sum.slotsLeft === 1 ? 'one more slot' : `${forum.sum.slotsLeft} more slots`} of 15`
          : ''}
      </p>
    </div>
  )
}

function ItemControls({
  item,
  isFirst,
  isLast,
  isRefused,
}: {
  item: AgendaItem
  isFirst: boolean
  isLast: boolean
  isRefused: boolean
}) {
  const refusal = useRefusal()
  return (
    <>
      <Form method="post" className="item-buttons">
        <input type="hidden" name="item" value={item.id} />
        <button className="btn" name="intent" value="up" disabled={isFirst} aria-label={`Earlier: ${item.title}`}>
          ↑ Earlier
        </button>
        <button className="btn" name="intent" value="down" disabled={isLast} aria-label={`Later: ${item.title}`}>
          ↓ Later
        </button>
        <button className="btn" name="intent" value="remove" aria-label={`Take off the agenda: ${item.title}`}>
          Take off
        </button>
      </Form>
      <details open={isRefused || undefined}>
        <summary>Time and presenter</summary>
        <Form method="post">
          <Fields state={isRefused ? refusal : { errors: [], values: {} }} within={`${item.id}-`}>
            <input type="hidden" name="item" value={item.id} />
            <div className="minutes">
              {(['context', 'discussion', 'capture'] as const).map(phase => (
                <ItemField key={phase} item={item} name={phase} />
              ))}
            </div>
            <ItemField item={item} name="presenter" />
            <p className="actions">
              <button
                className="btn"
                name="intent"
                value="change"
                aria-label={`Save time and presenter: ${item.title}`}
              >
                Save
              </button>
            </p>
          </Fields>
        </Form>
      </details>
    </>
  )
}

const LABELS = { context: 'Context', discussion: 'Discussion', capture: 'Capture', presenter: 'Presenter’s e-mail' }

function ItemField({ item, name }: { item: AgendaItem; name: keyof typeof LABELS }) {
  if (name === 'presenter')
    return (
      <TextField
        name={name}
        label={LABELS[name]}
        type="email"
        required={false}
        defaultValue={item.presenter?.email ?? ''}
      />
    )
  return (
    <TextField
      name={name}
      label={LABELS[name]}
      type="number"
      min="0"
      max="45"
      defaultValue={String(item.phases[name])}
    />
  )
}

export function Proposals({ proposals }: { proposals: AgendaProposal[] }) {
  if (proposals.length === 0)
    return <p>Nothing stands out: no recent SEV-1 or SEV-2, nothing that came back, and nobody has asked.</p>
  return (
    <ol className="proposals" aria-label="Proposals">
      {proposals.map(proposal => (
        <li key={proposal.key}>
          <b>
            <bdi>{proposal.title}</bdi>
          </b>{' '}
          <span className="muted small">
            {proposal.key}
            {proposal.severity ? ` · ${proposal.severity}` : ''}
          </span>
          <ul>
            {proposal.reasons.map(reason => (
              <li key={reason}>
                <bdi>{reason}</bdi>
              </li>
            ))}
          </ul>
          <Form method="post">
            <input type="hidden" name="subject" value={proposal.key} />
            <input type="hidden" name="reason" value={proposal.reasons[0] ?? ''} />
            <button className="btn" name="intent" value="add" aria-label={`Put it on the agenda: ${proposal.title}`}>
              Put it on the agenda
            </button>
          </Form>
        </li>
      ))}
    </ol>
  )
}
