/** Reads a live forum's events as a browser does: comes back by itself, after what it was told, from where it was. */
import { type Agent, type ClientRequest, get } from 'node:http'
import { advanceState, type LiveEvent, type LiveState } from '#app/forums/live-board.ts'

export interface Follower {
  /** The revisions that came, in their order, over all connections. */
  revisions: number[]
  /** When each came, by this process's steady clock. */
  heardAt: Map<number, number>
  /** Where the forum is, by the events alone. */
  state(): LiveState
  /** The server's time now, by the latest heartbeat; null before the first of this connection. */
  serverTime(): number | null
  connections(): number
  resyncs(): number
  isOpen(): boolean
  leave(): void
}

interface Options {
  cookie: string
  after?: number
  agent?: Agent
  /** Told of each event as it comes. */
  hear?(event: LiveEvent): void
}

/** What a browser waits before it comes back, unless it was told otherwise. */
const RETRY_MS = 3_000

/** @param address the site's, without a path. */
export function followLive(address: string, forum: string, { cookie, after = 0, agent, hear }: Options): Follower {
  const revisions: number[] = []
  const heardAt = new Map<number, number>()
  let state = { forum, revision: after } as LiveState
  let beat: { serverTime: number; at: number } | null = null
  let lastId = ''
  let retry = RETRY_MS
  let connections = 0
  let resyncs = 0
  let isOpen = false
  let hasLeft = false
  let request: ClientRequest | undefined
  let timer: NodeJS.Timeout | undefined

  function connect(): void {
    const headers = { cookie, ...(lastId ? { 'last-event-id': lastId } : {}) }
    request = get(`${address}/api/v1/forums/${forum}/live/events?after=${after}`, { headers, agent }, answer => {
      if (answer.statusCode !== 200) return void request?.destroy(new Error(`answered with ${answer.statusCode}`))
      isOpen = true
      connections++
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
        const blocks = text.split('\n\n')
        text = blocks.pop() as string
        for (const block of blocks) read(block)
      })
      answer.on('error', () => undefined)
    })
    request.on('error', () => undefined)
    request.once('close', () => {
      isOpen = false
      beat = null
      if (!hasLeft) timer = setTimeout(connect, retry)
    })
  }

  function read(block: string): void {
    const fields = new Map(
      block.split('\n').map(line => {
        const [name = '', ...rest] = line.split(': ')
        return [name, rest.join(': ')] as const
      }),
    )
    if (fields.has('retry')) retry = Number(fields.get('retry'))
    if (fields.has('id')) lastId = fields.get('id') as string
    const data = fields.get('data')
    if (data === undefined) return
    const event = fields.get('event')
    if (event === 'heartbeat') beat = { serverTime: Date.parse(JSON.parse(data).serverTime), at: performance.now() }
    else if (event === 'resync') resyncs++
    else if (event === undefined) {
      const one = JSON.parse(data) as LiveEvent
      revisions.push(one.revision)
      heardAt.set(one.revision, performance.now())
      state = advanceState(state, one)
      hear?.(one)
    }
  }

  connect()
  return {
    revisions,
    heardAt,
    state: () => state,
    serverTime: () => beat && beat.serverTime + performance.now() - beat.at,
    connections: () => connections,
    resyncs: () => resyncs,
    isOpen: () => isOpen,
    leave() {
      hasLeft = true
      clearTimeout(timer)
      request?.destroy()
    },
  }
}
