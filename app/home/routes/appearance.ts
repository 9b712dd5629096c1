import { redirect } from '@remix-run/node'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { wayBack } from '#app/identity/way-back.ts'
import { notFound } from '#app/platform/errors.ts'

const YEAR_SECONDS = 31_536_000

export const loader = pageLoader('read', async () => {
  throw notFound()
})

/** Pins the light or dark theme in this browser, or lets it follow the system again. */
export const action = pageAction('read', async ({ form }) => {
  const theme = textOf(form, 'theme')
  const cookie =
    theme === 'light' || theme === 'dark'
      ? `candor_theme=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
      : 'candor_theme=; Path=/; Max-Age=0; SameSite=Lax'
  return redirect(wayBack(textOf(form, 'to')), { headers: { 'set-cookie': cookie } })
})
