/** `POST /hooks/:source` over a real connection. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BODY_LIMIT, hookHandler } from '#app/incidents/hooks/hook-handler.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { deliveriesOf, pagerDutyEvent, proof, SECRET, sourceOf } from './hook-room.ts'
import { clock } from './room.ts'

onBothDatabases('The address of a source', database => {
  let db: Db
  let server: Server
  let url: string
  beforeAll(async () => {
    db = await database.fresh()
    await sourceOf(db, 'pagerduty', 'Pager')
    await sourceOf(db, 'statuspage', 'Status page')
    const handler = hookHandler({ db, clock, log: createLog('silent') })
    // As Express does it below a path of its own.
    server = createServer((request, response) => {
      request.url = request.url!.slice('/hooks'.length)
      handler(request, response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const post = (path: string, body: Buffer | string, headers: Record<string, string> = {}) =>
    fetch(url + path, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers })
  const event = (minute: number) => Buffer.from(JSON.stringify(pagerDutyEvent('triggered', minute)))
  const signed = (body: Buffer) => proof('pagerduty', body).headers

  it('takes what is signed, and says what became of it', async () => {
    const response = await post('/pager', event(5), signed(event(5)))
    expect([response.status, await response.json()]).toEqual([200, { outcome: 'created' }])
    const again = await post('/pager', event(5), signed(event(5)))
    expect([again.status, await again.json()]).toEqual([200, { outcome: 'repeat' }])
    expect(again.headers.get('set-cookie')).toBeNull()
  })

  it('takes the secret in the address of those who cannot sign', async () => {
    const body = JSON.stringify({ component_update: {} })
    expect((await post(`/status-page?secret=${SECRET}`, body)).status).toBe(200)
    expect((await post('/status-page?secret=another', body)).status).toBe(401)
    expect((await post(`/pager?secret=${SECRET}`, body)).status).toBe(401)
  })

  it('refuses the unsigned and the wrongly signed alike', async () => {
    const answers = await Promise.all([
      post('/pager', event(6)),
      post('/pager', event(6), signed(event(7))),
      post('/pager', event(6), { 'x-pagerduty-signature': 'v1=nonsense' }),
    ])
    expect(answers.map(answer => answer.status)).toEqual([401, 401, 401])
    expect(new Set(await Promise.all(answers.map(answer => answer.text()))).size).toBe(1)
  })

  it('is nothing where there is no such source', async () => {
    for (const path of ['/nobody', '/', '', '/Pager', '/pager/more', '/%00', '/..%2fpager', `/${'a'.repeat(300)}`])
      expect((await post(path, event(6), signed(event(6)))).status, path).toBe(404)
  })

  it('takes POST only, uncompressed', async () => {
    const response = await fetch(`${url}/pager`)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await post('/pager', event(6), { ...signed(event(6)), 'content-encoding': 'gzip' })).status).toBe(415)
  })

  it('refuses what is signed and no JSON', async () => {
    const body = Buffer.from('{"event": ')
    expect((await post('/pager', body, signed(body))).status).toBe(400)
  })

  it('takes bodies of up to 2 MB', async () => {
    const padded = (size: number) => Buffer.from(`"${'x'.repeat(size - 2)}"`)
    expect((await post('/pager', padded(BODY_LIMIT), signed(padded(BODY_LIMIT)))).status).toBe(200)
    expect((await post('/pager', padded(BODY_LIMIT + 1), signed(padded(BODY_LIMIT + 1)))).status).toBe(413)
  })

  it('counts the bytes of a body that does not tell its length', async () => {
    const part = Buffer.alloc(512 * 1024, ' ')
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 6) controller.enqueue(new Uint8Array(part))
        else controller.close()
      },
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    expect((await fetch(`${url}/pager`, init)).status).toBe(413)
  })

  it('keeps nothing of a connection that breaks off', async () => {
    const before = (await deliveriesOf(db)).length
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('POST /hooks/pager HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"event":')
    const [request] = await once(server, 'request')
    socket.destroy()
    await new Promise(resolve => request.once('close', resolve))
    expect((await deliveriesOf(db)).length).toBe(before)
    expect((await post('/pager', event(9), signed(event(9)))).status).toBe(200)
  })
})
