/** Form parts: label above, help under, error beside the field and summed up at the top; what was typed survives. */
import { useActionData } from '@remix-run/react'
import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from 'react'
import type { FieldError } from '#app/platform/errors.ts'

interface FormState {
  message?: string
  errors: FieldError[]
  values: Record<string, string[]>
  /** Tells apart the fields of several forms on a page. */
  within?: string
}

const nothing: FormState = { errors: [], values: {} }
const FormContext = createContext<FormState>(nothing)

/** The refusal of the last submit, if the action answered with one. */
export function useRefusal(): FormState | null {
  const answer = useActionData() as (FormState & { ok?: boolean }) | undefined
  return answer && answer.ok === false ? answer : null
}

/** Wraps a form's fields: shows the errors of the last submit on top and hands them to the fields. */
export function Fields({
  children,
  state,
  within = '',
}: {
  children: ReactNode
  state?: FormState | null
  /** Where a page has several forms with fields of the same name: what tells this one's apart. */
  within?: string
}) {
  const refusal = useRefusal()
  const current = { ...(state ?? refusal ?? nothing), within }
  return (
    <FormContext.Provider value={current}>
      {current.message ? <ErrorSummary message={current.message} errors={current.errors} within={within} /> : null}
      {children}
    </FormContext.Provider>
  )
}

function ErrorSummary({ message, errors, within }: { message: string; errors: FieldError[]; within: string }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (message) ref.current?.focus()
  }, [message])
  const more = errors.filter(error => error.message !== message || errors.length > 1)
  return (
    <div className="summary-of-errors" role="alert" tabIndex={-1} ref={ref}>
      <h2>{message}</h2>
      {more.length > 0 ? (
        <ul>
          {more.map(error => (
            <li key={error.path + error.message}>
              {error.path ? <a href={`#field-${within}${error.path}`}>{error.message}</a> : error.message}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

interface FieldProps {
  name: string
  label: ReactNode
  help?: ReactNode
  defaultValue?: string | null
  required?: boolean
}

/** What a field shows: the value typed last, its error, and the ids that tie them together. */
export function useField(name: string, defaultValue?: string | null) {
  const { errors, values, within = '' } = useContext(FormContext)
  const error = errors.find(one => one.path === name)?.message
  const helpId = useId()
  const value = values[name]?.[0] ?? defaultValue ?? ''
  return { error, value, values: values[name], id: `field-${within}${name}`, helpId }
}

type InputType = 'text' | 'email' | 'password' | 'date' | 'number' | 'url' | 'search' | 'datetime-local'

export function TextField({
  name,
  label,
  help,
  defaultValue,
  required,
  type = 'text',
  ...rest
}: FieldProps & {
  type?: InputType
  autoComplete?: string
  min?: string
  max?: string
  list?: string
  placeholder?: string
}) {
  const field = useField(name, defaultValue)
  return (
    <Frame field={field} label={label} help={help} required={required}>
      <input
        {...rest}
        id={field.id}
        name={name}
        type={type}
        required={required}
        defaultValue={type === 'password' ? undefined : field.value}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={field.helpId}
      />
    </Frame>
  )
}

export function TextArea({
  name,
  label,
  help,
  defaultValue,
  required,
  rows = 6,
  mono,
}: FieldProps & { rows?: number; mono?: boolean }) {
  const field = useField(name, defaultValue)
  return (
    <Frame field={field} label={label} help={help} required={required}>
      <textarea
        id={field.id}
        name={name}
        rows={rows}
        required={required}
        className={mono ? 'mono' : undefined}
        defaultValue={field.value}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={field.helpId}
      />
    </Frame>
  )
}

export function SelectField({
  name,
  label,
  help,
  defaultValue,
  required,
  options,
}: FieldProps & { options: { value: string; label: string }[] }) {
  const field = useField(name, defaultValue)
  return (
    <Frame field={field} label={label} help={help} required={required}>
      <select
        id={field.id}
        name={name}
        required={required}
        defaultValue={field.value}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={field.helpId}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}

export function FileField({
  name,
  label,
  help,
  required,
  accept,
  multiple,
}: FieldProps & { accept?: string; multiple?: boolean }) {
  const field = useField(name)
  return (
    <Frame field={field} label={label} help={help} required={required}>
      <input
        id={field.id}
        name={name}
        type="file"
        accept={accept}
        multiple={multiple}
        required={required}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={field.helpId}
      />
    </Frame>
  )
}

export function CheckField({
  name,
  label,
  value = 'yes',
  defaultChecked,
}: {
  name: string
  label: ReactNode
  value?: string
  defaultChecked?: boolean
}) {
  const { values, errors } = useContext(FormContext)
  const id = useId()
  const submitted = Object.keys(values).length > 0
  const checked = submitted ? (values[name]?.includes(value) ?? false) : defaultChecked
  const error = errors.find(one => one.path === name)?.message
  return (
    <div id={`field-${name}`}>
      <div className="check">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          defaultChecked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <label htmlFor={id}>{label}</label>
      </div>
      {error ? (
        <p className="wrong" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}

function Frame({
  field,
  label,
  help,
  required,
  children,
}: {
  field: ReturnType<typeof useField>
  label: ReactNode
  help?: ReactNode
  required?: boolean
  children: ReactNode
}) {
  return (
    <div className={field.error ? 'field is-wrong' : 'field'}>
      <label htmlFor={field.id}>
        {label}
        {required === false ? <span className="muted"> (optional)</span> : null}
      </label>
      {children}
      <div id={field.helpId}>
        {field.error ? <p className="wrong">{field.error}</p> : null}
        {help ? <p className="help">{help}</p> : null}
      </div>
    </div>
  )
}
