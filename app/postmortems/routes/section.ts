/** Where the editor saves a section while one types. */

import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { isEditorSection } from '#app/postmortems/editor-sections.ts'
import { reviewChecklist } from '#app/postmortems/review-checklist.ts'
import { saveSection } from '#app/postmortems/save-section.server.ts'
import { sectionFromJson } from '#app/postmortems/section-json.ts'
import { recordWithRows } from '#app/postmortems/section-of.server.ts'

/** A section of a megabyte, twice, with room. */
const LIMIT = 8 * 1024 * 1024

export const loader = pageLoader('read', async () => Promise.reject(notFound()))

export const action = pageAction(
  'draft postmortems',
  async ({ db, clock, actor, params, form }) => {
    const { id = '', section } = params
    if (!isEditorSection(section)) throw notFound()
    await recordWithRows({ db, actor }, id)
    try {
      const [base, mine] = [sectionFromJson(textOf(form, 'base')), sectionFromJson(textOf(form, 'mine'))]
      if (!base || !mine) throw new AppError('invalid', 'The form is incomplete. Please load the page again.')
      const saved = await saveSection({ db, clock, actor }, id, section, { base, mine })
      if (saved.kind === 'conflict') return Response.json(saved, { status: 409 })
      const { record } = await recordWithRows({ db, actor }, id)
      return Response.json({ ...saved, checklist: reviewChecklist(record) })
    } catch (error) {
      if (error instanceof AppError && error.status === 400)
        return Response.json({ kind: 'refused', message: error.message, errors: error.errors }, { status: 400 })
      throw error
    }
  },
  { limit: LIMIT },
)
