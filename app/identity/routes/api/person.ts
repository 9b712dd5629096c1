import { handle, serve } from '#app/http/api.server.ts'
import { changePersonOperation, getPersonOperation } from '#app/identity/api.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { inputOf, resourceOfPerson } from '#app/identity/resources.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'

const api = serve(
  handle(getPersonOperation, async ({ db, clock, actor, params: { id = '' } }) =>
    resourceOfPerson(await getPerson({ db, clock, actor }, { id })),
  ),
  handle(changePersonOperation, async ({ db, clock, actor, params: { id = '' }, body }) => {
    const context = { db, clock, actor }
    await savePerson(context, { ...inputOf(await getPerson(context, { id })), ...body, id })
    return resourceOfPerson(await getPerson(context, { id }))
  }),
)

export const loader = api.loader
export const action = api.action
