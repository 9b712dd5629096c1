import type { ActionFunctionArgs, AppLoadContext } from '@remix-run/node'
import { readForm } from '#app/http/read-form.server.ts'
import { answering, refused } from '#app/http/route.server.ts'
import type { Site } from '#app/http/site.ts'
import { AppError } from '#app/platform/errors.ts'

export interface VisitorArgs extends Site {
  site: Site
  request: Request
  url: URL
  params: Record<string, string | undefined>
  form: FormData
  context: AppLoadContext
  /** The client's address, for throttling only. */
  address: string
  userAgent: string
}

const FORM_LIMIT = 64 * 1024

/** An action for people who are not signed in yet. A refusal comes back to the form. */
export function visitorAction<T>(act: (args: VisitorArgs) => Promise<T>) {
  return async ({ request, params, context }: ActionFunctionArgs) => {
    let form = new FormData()
    return answering(async () => {
      try {
        form = await readForm(request, FORM_LIMIT)
        const userAgent = request.headers.get('user-agent') ?? ''
        const { site, address } = context
        return await act({
          ...site,
          site,
          request,
          url: new URL(request.url),
          params,
          form,
          context,
          address,
          userAgent,
        })
      } catch (error) {
        if (error instanceof AppError && [400, 409, 429].includes(error.status)) return refused(error, form)
        throw error
      }
    })
  }
}
