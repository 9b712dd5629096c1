import { textOf } from '#app/http/read-form.server.ts'

/** What the form of a near miss says. */
export function nearMissIn(form: FormData) {
  return {
    title: textOf(form, 'title'),
    whatHappened: textOf(form, 'whatHappened'),
    whatStoppedIt: textOf(form, 'whatStoppedIt'),
    service: textOf(form, 'service'),
    isNamed: form.has('isNamed'),
  }
}
