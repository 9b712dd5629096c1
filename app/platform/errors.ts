/** The one error that rooms throw on purpose. `http` turns it into a page or problem+json; rooms never see a Response. */
export interface FieldError {
  /** The form field or JSON path that the message is about. */
  path: string
  message: string
}

export type Refusal =
  | 'not-found'
  | 'unauthenticated'
  | 'forbidden'
  | 'invalid'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'gone'

const STATUS: Record<Refusal, number> = {
  'not-found': 404,
  unauthenticated: 401,
  forbidden: 403,
  invalid: 400,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  gone: 410,
}

export class AppError extends Error {
  readonly refusal: Refusal
  readonly errors: FieldError[]

  /** @param message a sentence for the person who asked, saying what to do where there is something to do. */
  constructor(refusal: Refusal, message: string, errors: FieldError[] = [], options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.refusal = refusal
    this.errors = errors
  }

  get status(): number {
    return STATUS[this.refusal]
  }
}

/** For what is absent, and for what exists but is not for the one who asks: they cannot tell which. */
export function notFound(what = 'This page'): AppError {
  return new AppError('not-found', `${what} does not exist, or is not for you to see.`)
}

/** A refusal of one field. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('invalid', message, [{ path, message }])
}
