import { redirect } from '@remix-run/node'
import { signOut } from '#app/identity/sign-out.server.ts'
import { visitorAction } from './visitor-action.server.ts'

export async function loader() {
  return redirect('/')
}

/** Also for a session that has just ended: whoever wants to be out is out. */
export const action = visitorAction(async ({ db, clock, origin, request }) => {
  const cookie = await signOut({ db, clock, origin }, { cookie: request.headers.get('cookie') })
  return redirect('/sign-in', { headers: { 'set-cookie': cookie } })
})
