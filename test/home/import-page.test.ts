import { beforeAll, expect, it } from 'vitest'
import { FILE_KINDS, KIND_WORDS } from '#app/home/import-words.ts'
import * as page from '#app/home/routes/import.tsx'
import { type House, openHouse } from '#test/identity/house.ts'
import { ask } from '#test/identity/pages.ts'
import { onBothDatabases } from '#test/support/databases.ts'

const TRAFFIC = 'day,service,requests\r\n2026-07-01,Checkout,3000000\r\n01/07/2026,Checkout,1\r\n2026-07-02,,x\r\n'

interface Answer {
  step: string
  kind: string
  text: string
  report: { created: number; updated: number; unchanged: number; rejected: number; errors: object[] }
}

onBothDatabases('the page of imports', database => {
  let house: House
  beforeAll(async () => {
    house = await openHouse(await database.fresh())
  })

  const rows = async () => {
    const { n } = await house.db
      .selectFrom('traffic')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n)
  }
  const send = (form: Record<string, string | File>, actor = house.ada) =>
    ask(house, page.action, '/import', { actor, form })
  const csv = (text: string) => new File([text], 'traffic.csv')

  it('offers editors what incidents leave behind, administrators the rest too, and others nothing', async () => {
    const kinds = async (role: 'member' | 'facilitator' | 'editor' | 'administrator') => {
      const answer = await ask(house, page.loader, '/import?kind=traffic', { actor: { ...house.ada, role } })
      const { kinds, chosen } = answer.data as { kinds?: { value: string }[]; chosen: string | null }
      return [answer.status, kinds?.map(kind => kind.value), chosen]
    }
    expect(await kinds('administrator')).toEqual([200, [...FILE_KINDS], 'traffic'])
    expect(await kinds('editor')).toEqual([200, ['incidents', 'statuspage', 'action-items'], null])
    expect((await kinds('facilitator'))[0]).toBe(404)
    expect((await kinds('member'))[0]).toBe(404)
    expect((await ask(house, page.loader, '/import')).status).toBe(302)
    expect(Object.keys(KIND_WORDS).sort()).toEqual([...FILE_KINDS].sort())
  })

  it('says first what a file would do, line by line, then does it, and the same again changes nothing', async () => {
    const tried = (await send({ kind: 'traffic', file: csv(TRAFFIC) })).data as Answer
    expect(tried).toMatchObject({ step: 'preview', kind: 'traffic', fileName: 'traffic.csv' })
    expect(tried.report).toMatchObject({ created: 1, rejected: 2 })
    expect(tried.report.errors).toMatchObject([
      { line: 3, column: 'day' },
      { line: 4, column: 'requests' },
    ])
    expect(await rows()).toBe(0)

    const confirmed = { intent: 'import', kind: 'traffic', fileName: 'traffic.csv', text: tried.text }
    const done = (await send(confirmed)).data as Answer
    expect(done).toMatchObject({ step: 'done', report: tried.report })
    expect(await rows()).toBe(1)
    expect((await send(confirmed)).data).toMatchObject({ report: { created: 0, unchanged: 1 } })
  })

  it('reads JSON Lines by the file’s name, and deployments with their times', async () => {
    const lines = new File(['{"deployed_at":"2026-07-01T09:00:00Z","service":"Checkout","count":3}\n[]\n'], 'd.jsonl')
    const tried = (await send({ kind: 'deployments', file: lines })).data as Answer
    expect(tried.report).toMatchObject({ created: 1, rejected: 1 })
    const done = await send({ intent: 'import', kind: 'deployments', fileName: 'd.jsonl', text: tried.text })
    expect(done.data).toMatchObject({ report: { created: 1, rejected: 1 } })
    expect(await house.db.selectFrom('deployments').select('count').execute()).toEqual([{ count: 3 }])
  })

  it('refuses beside the field, and what was chosen survives', async () => {
    const without = await send({ kind: 'traffic' })
    expect([without.status, without.data]).toMatchObject([400, { errors: [{ path: 'file' }] }])
    expect(without.data).toMatchObject({ values: { kind: ['traffic'] } })
    expect((await send({ kind: 'people', file: csv(TRAFFIC) })).data).toMatchObject({ errors: [{ path: 'kind' }] })
    expect((await send({ kind: 'constructor', file: csv(TRAFFIC) })).status).toBe(400)
    const zip = new File([new Uint8Array([0x50, 0x4b, 3, 4])], 'x.csv')
    expect((await send({ kind: 'traffic', file: zip })).data).toMatchObject({ errors: [{ path: 'file' }] })
  })

  it('takes from nobody what their role may not bring in', async () => {
    const before = await rows()
    const confirmed = {
      intent: 'import',
      kind: 'traffic',
      fileName: 't.csv',
      text: 'day,service,requests\n2026-08-01,,5\n',
    }
    expect((await send(confirmed, { ...house.ada, role: 'editor' })).status).toBe(400)
    expect((await send(confirmed, { ...house.ada, role: 'member' })).status).toBe(404)
    expect(await rows()).toBe(before)
  })
})
