/** A bad link to a server: every byte comes late, some later, and connections are cut. */

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll } from 'vitest'

export interface SlowLink {
  url: string
  /** Cuts every connection, as a train in a tunnel does. */
  cut(): void
}

/** What a lost packet adds until it is sent again, for every so many parts. */
const LOST_MS = 400
const LOST_EVERY = 9

/** @param oneWayMs how long each way takes; the same there and back. */
export async function slowLink(port: number, oneWayMs: number): Promise<SlowLink> {
  const open = new Set<Socket>()
  let parts = 0

  /** In order: a part that is late holds up those behind it. */
  function carry(from: Socket, to: Socket): void {
    let freeAt = 0
    const waiting: (() => void)[] = []
    const later = (then: () => void) => {
      const lost = ++parts % LOST_EVERY === 0 ? LOST_MS : 0
      freeAt = Math.max(freeAt, performance.now() + oneWayMs + lost)
      waiting.push(then)
      // Timers of almost the same moment may ring in any order; whichever rings sends the part that waits longest.
      setTimeout(() => waiting.shift()?.(), freeAt - performance.now())
    }
    from.on('data', part => later(() => to.write(part)))
    from.on('end', () => later(() => to.end()))
    from.on('close', () => later(() => to.destroy()))
    from.on('error', () => to.destroy())
  }

  const server = createServer(near => {
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    }
    carry(near, far)
    carry(far, near)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  afterAll(() => {
    cut()
    server.close()
  })
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, cut }
}
