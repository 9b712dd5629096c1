import { handle, serve } from '#app/http/api.server.ts'
import { createPersonOperation, listPeopleOperation } from '#app/identity/api.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { listPeople } from '#app/identity/list-people.server.ts'
import { peopleCursor } from '#app/identity/people-cursor.server.ts'
import { resourceOfPerson } from '#app/identity/resources.server.ts'
import { savePerson } from '#app/identity/save-person.server.ts'

const NOTHING = {
  team: null,
  managerEmail: null,
  isEngineer: false,
  startedOn: null,
  leftOn: null,
  timeZone: null,
  leaves: [],
}

const api = serve(
  handle(listPeopleOperation, async ({ db, clock, actor, query }) => {
    const { q, team, state, isEngineer, cursor, limit } = query
    const filter = { text: q, team, state, engineer: isEngineer === undefined ? undefined : isEngineer === 'true' }
    const list = await listPeople({ db, clock, actor }, filter, { after: peopleCursor.read(cursor), limit })
    return { items: list.items.map(resourceOfPerson), total: list.total, nextCursor: peopleCursor.write(list.next) }
  }),
  handle(createPersonOperation, async ({ db, clock, actor, body }) => {
    const id = await savePerson({ db, clock, actor }, { id: null, ...NOTHING, ...body })
    return resourceOfPerson(await getPerson({ db, clock, actor }, { id }))
  }),
)

export const loader = api.loader
export const action = api.action
