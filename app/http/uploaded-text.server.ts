import { BadInput } from '#app/platform/bad-input.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import { invalidField } from '#app/platform/errors.ts'

export interface UploadedText {
  fileName: string
  /** As it can travel through a form and back without a change. */
  text: string
  /** What was made of its encoding. */
  notes: string[]
}

/**
 * The text of the file chosen in a field.
 * @throws AppError invalid where none was chosen, or it is no text.
 */
export async function uploadedText(form: FormData, field: string): Promise<UploadedText> {
  const file = form.get(field)
  if (!(file instanceof File) || file.name === '') throw invalidField(field, 'Choose a file first.')
  try {
    const decoded = decodeText(new Uint8Array(await file.arrayBuffer()))
    const clean = cleanText(decoded.text)
    return { fileName: file.name, text: clean.text, notes: [...decoded.notes, ...clean.notes] }
  } catch (error) {
    if (error instanceof BadInput) throw invalidField(field, error.message)
    throw error
  }
}
