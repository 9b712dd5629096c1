/** A command out of one of the board's forms, which work without a script. */
import { textOf } from '#app/http/read-form.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { ITEM_PHASES } from './live-clock.ts'
import { type LiveCommand, liveCommandSchema } from './live-commands.ts'

const NUMBERS = ['minutes', 'expectedRevision', 'version', 'epoch']
const TRUTHS = ['isOn', 'isFor']

/** @throws AppError invalid naming the fields. */
export function commandOf(form: FormData): LiveCommand {
  const given: Record<string, unknown> = { commandId: textOf(form, 'commandId') || newId() }
  for (const key of new Set(form.keys())) {
    const text = textOf(form, key)
    if (text !== '') given[key] = valueFor(key, text)
  }
  if (given.type === 'adjust') joinMinutes(given)
  const parsed = liveCommandSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('invalid', errors[0]?.message ?? 'Candor did not understand what to do.', errors)
}

function valueFor(key: string, text: string): unknown {
  if (NUMBERS.includes(key)) return Number(text)
  if (TRUTHS.includes(key)) return text === 'yes'
  return key === 'items' ? text.split(' ') : text
}

/** Three fields of the form are one value of the command. */
function joinMinutes(given: Record<string, unknown>): void {
  given.minutes = Object.fromEntries(ITEM_PHASES.map(phase => [phase, Number(given[phase])]))
  for (const phase of ITEM_PHASES) delete given[phase]
}
