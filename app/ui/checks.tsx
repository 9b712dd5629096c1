/** Boxes of which any number may be ticked. */
import type { ReactNode } from 'react'
import { useField, useRefusal } from './form.tsx'
import './checks.css'

export interface CheckOption {
  value: string
  label: ReactNode
  /** In a tree: 0 at the top. */
  depth?: number
}

export function Checks({
  name,
  legend,
  options,
  chosen,
  help,
}: {
  name: string
  legend: string
  options: readonly CheckOption[]
  chosen: readonly string[]
  help?: string
}) {
  const field = useField(name)
  const ticked = useRefusal() ? (field.values ?? []) : chosen
  return (
    <fieldset className={field.error ? 'field is-wrong' : 'field'} id={field.id} aria-describedby={field.helpId}>
      <legend>{legend}</legend>
      <div className="check-columns">
        {options.map(({ value, label, depth = 0 }) => (
          <label key={value} className={`check depth-${Math.min(depth, 4)}`}>
            <input type="checkbox" name={name} value={value} defaultChecked={ticked.includes(value)} />{' '}
            <span>{label}</span>
          </label>
        ))}
      </div>
      <div id={field.helpId}>
        {field.error ? <p className="wrong">{field.error}</p> : null}
        {help ? <p className="help">{help}</p> : null}
      </div>
    </fieldset>
  )
}

/** Teams as boxes, with how many people each has. */
export function teamOptions(
  teams: readonly { id: string; name: string; depth: number; people: number }[],
): CheckOption[] {
  return teams.map(({ id, name, depth, people }) => ({
    value: id,
    depth,
    label: (
      <>
        <bdi>{name}</bdi> <span className="muted num">{people}</span>
      </>
    ),
  }))
}
