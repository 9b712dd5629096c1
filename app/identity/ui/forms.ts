import { useActionData } from '@remix-run/react'
import { useRefusal } from '#app/ui/form.tsx'

const UNTOUCHED = { errors: [], values: {} }

/** On a page with several forms: the refusal, for the form that was sent; nothing for the others. */
export function useRefusalOf(intent: string) {
  const refusal = useRefusal()
  return refusal?.values.intent?.[0] === intent ? refusal : UNTOUCHED
}

/** What the action answered when it was not a refusal. */
export function useAnswer<T>(): T | null {
  const answer = useActionData() as ({ ok?: boolean } & T) | undefined
  return answer && answer.ok !== false ? answer : null
}
