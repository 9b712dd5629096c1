import { AppError } from '#app/platform/errors.ts'

/**
 * Reads a form, counting bytes as they arrive, so that a body without a length cannot fill the memory.
 * @param limit bytes.
 * @throws AppError too-large with the limit in words; invalid when the body is not a form.
 */
export async function readForm(request: Request, limit: number): Promise<FormData> {
  const bytes = await readBody(request, limit)
  try {
    const form = await new Response(bytes, {
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    }).formData()
    return withoutNul(form)
  } catch (cause) {
    throw new AppError('invalid', 'The form arrived damaged. Please send it again.', [], { cause })
  }
}

/** U+0000 is invisible, cannot be typed and PostgreSQL cannot keep it: it is taken out of texts. */
function withoutNul(form: FormData): FormData {
  if (![...form.values()].some(value => typeof value === 'string' && value.includes('\0'))) return form
  const clean = new FormData()
  for (const [key, value] of form) clean.append(key, typeof value === 'string' ? value.replaceAll('\0', '') : value)
  return clean
}

/** Reads a body of at most `limit` bytes. @throws AppError too-large. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const refusal = () =>
    new AppError(
      'too-large',
      `That is more than ${Math.floor(limit / 1024 / 1024)} MB. Please send it in smaller parts.`,
    )
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw refusal()
  const chunks: Uint8Array[] = []
  let size = 0
  // The DOM's types do not say that a stream can be iterated; in Node it can.
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limit) throw refusal()
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

/** One text field, trimmed at neither end; absent counts as empty. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : ''
}
