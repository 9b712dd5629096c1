/** The editor's former address, by slug. */
import { redirect } from '@remix-run/node'
import { pageLoader } from '#app/http/route.server.ts'
import { recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'

export const loader = pageLoader('read', async ({ db, actor, params }) => {
  const { id } = await recordToEdit({ db, actor }, params.slug ?? '')
  return redirect(`/postmortems/${id}/edit`)
})
