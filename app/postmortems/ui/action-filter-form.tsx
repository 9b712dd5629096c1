import { Form } from '@remix-run/react'
import type { ActionFilter } from '../action-filter.ts'

interface Props {
  filter: ActionFilter
  choices: { teams: { slug: string; name: string }[]; owners: { id: string; name: string }[] }
}

const STATES = [
  ['', 'Unfinished'],
  ['open', 'Open'],
  ['in progress', 'In progress'],
  ['done', 'Done'],
  ['dropped', 'Dropped'],
  ['all', 'All'],
] as const
const DUE = [
  ['', 'Any day'],
  ['overdue', 'Overdue'],
  ['week', 'Within 7 days'],
  ['month', 'Within 30 days'],
  ['none', 'No due date'],
] as const
const AGES = [
  ['', 'Any age'],
  ['30', '30 days or more'],
  ['90', '90 days or more'],
  ['180', 'Half a year or more'],
  ['365', 'A year or more'],
] as const

/** Narrows the list down; all of it stands in the address. */
export function ActionFilterForm({ filter, choices }: Props) {
  const isOther =
    filter.owner !== undefined &&
    !['me', 'nobody'].includes(filter.owner) &&
    !choices.owners.some(owner => owner.id === filter.owner)
  return (
    <Form className="filter" role="search" aria-label="Filter action items" key={JSON.stringify(filter)}>
      <Choice name="owner" label="Owner" value={filter.owner}>
        <option value="">Everybody</option>
        <option value="me">Me</option>
        <option value="nobody">Nobody</option>
        {isOther ? <option value={filter.owner}>Somebody without unfinished items</option> : null}
        {choices.owners.map(owner => (
          <option key={owner.id} value={owner.id}>
            {owner.name}
          </option>
        ))}
      </Choice>
      <Choice name="team" label="Team" value={filter.team}>
        <option value="">All</option>
        {choices.teams.map(team => (
          <option key={team.slug} value={team.slug}>
            {team.name}
          </option>
        ))}
      </Choice>
      <Choice name="state" label="State" value={filter.state === 'unfinished' ? '' : filter.state}>
        {STATES.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
      <Choice name="due" label="Due" value={filter.due}>
        {DUE.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
      <Choice name="age" label="Age" value={filter.age}>
        {AGES.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
      {filter.kind ? <input type="hidden" name="kind" value={filter.kind} /> : null}
      {filter.incident ? <input type="hidden" name="incident" value={filter.incident} /> : null}
      <button className="btn">Show</button>
    </Form>
  )
}

function Choice({
  name,
  label,
  value,
  children,
}: {
  name: string
  label: string
  value: string | undefined
  children: React.ReactNode
}) {
  return (
    <div className="field">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name} defaultValue={value ?? ''}>
        {children}
      </select>
    </div>
  )
}
