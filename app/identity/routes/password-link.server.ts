import { data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { textOf } from '#app/http/read-form.server.ts'
import { acceptLink, readLink } from '#app/identity/accept-link.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { visitorAction } from './visitor-action.server.ts'

type Kind = Parameters<typeof readLink>[1]['kind']

/** The loader and action of an address that a mail led to. Looking at it does not use it up: mail scanners do. */
export function passwordLink(kind: Kind) {
  return {
    async loader({ params, context }: LoaderFunctionArgs) {
      try {
        const { name, email } = await readLink(context.site, { kind, secret: params.secret ?? '' })
        return data<{ of: { name: string; email: string } | null }>({ of: { name, email } })
      } catch (error) {
        if (error instanceof AppError && error.refusal === 'gone') return data({ of: null }, { status: error.status })
        throw error
      }
    },
    action: visitorAction(async ({ db, clock, origin, params, form, userAgent }) => {
      const input = { kind, secret: params.secret ?? '', password: textOf(form, 'password'), userAgent }
      try {
        return redirect('/', { headers: { 'set-cookie': await acceptLink({ db, clock, origin }, input) } })
      } catch (error) {
        // After a failed action the loader is not asked again, so the answer itself says that the link is gone.
        if (error instanceof AppError && error.refusal === 'gone')
          return data({ ok: true, isGone: true }, { status: error.status })
        throw error
      }
    }),
  }
}
