/** People at live boards: many who watch, some who give commands. */
import { Agent, request } from 'node:http'
import { type Follower, followLive } from '#test/support/live-follower.ts'
import { timeEach } from './http.ts'

export interface Live {
  url: string
  forum: string
}

export interface Viewers {
  all: Follower[]
  /** Resolves once all have heard of this revision, or throws. */
  heard(revision: number, withinMs?: number): Promise<void>
  leave(): void
}

/** Opens so many streams after a revision, some at a time, as people arrive. */
export async function openViewers(
  { url, forum }: Live,
  cookies: readonly string[],
  count: number,
  after = 0,
): Promise<Viewers> {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })
  const all: Follower[] = []
  const until = waiter(all)
  while (all.length < count) {
    for (let n = 0; n < 50 && all.length < count; n++)
      all.push(followLive(url, forum, { cookie: cookies[all.length % cookies.length] as string, agent, after }))
    await until(viewer => viewer.isOpen(), 60_000)
  }
  return {
    all,
    heard: (revision, withinMs = 60_000) => until(viewer => (viewer.revisions.at(-1) ?? 0) >= revision, withinMs),
    leave() {
      for (const viewer of all) viewer.leave()
      agent.destroy()
    },
  }
}

function waiter(all: Follower[]) {
  return async (isDone: (viewer: Follower) => boolean, withinMs: number): Promise<void> => {
    for (const end = performance.now() + withinMs; !all.every(isDone); ) {
      if (performance.now() > end)
        throw new Error(`${all.filter(one => !isDone(one)).length} viewers of ${all.length} have not heard`)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
  }
}

const agent = new Agent({ keepAlive: true })
let commands = 0

/** @returns the revision that it made. */
export function give({ url, forum }: Live, cookie: string, command: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, origin: url, host: new URL(url).host, 'content-type': 'application/json' }
    const asked = request(`${url}/api/v1/forums/${forum}/live/commands`, { method: 'POST', agent, headers }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', part => {
        text += part
      })
      answer.once('end', () =>
        answer.statusCode === 200
          ? resolve((JSON.parse(text) as { revision: number }).revision)
          : reject(new Error(`A command was answered with ${answer.statusCode}: ${text}`)),
      )
    })
    asked.once('error', reject)
    asked.end(JSON.stringify({ commandId: `bench-${++commands}`, ...command }))
  })
}

/** Milliseconds from sending a note to each viewer's hearing of it, for so many notes one after another. */
export async function timeToHear(live: Live, boss: string, viewers: Viewers, turns: number): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const sentAt = performance.now()
    const revision = await give(live, boss, { type: 'note', text: `What was said, number ${turn}` })
    await viewers.heard(revision)
    for (const viewer of viewers.all) times.push((viewer.heardAt.get(revision) as number) - sentAt)
  }
  return times
}

/** @returns commands per second, with 16 people giving them. */
export async function giveMany(live: Live, boss: string, count: number): Promise<number> {
  const all = Array.from({ length: count }, (_, n) => ({ type: 'park', text: `Topic ${n}` }))
  const start = performance.now()
  await timeEach(all, 16, command => give(live, boss, command))
  return (1_000 * count) / (performance.now() - start)
}

/** How many revisions from one to the other a viewer has not heard, heard twice or out of order. */
export function flawsIn({ revisions }: Follower, first: number, last: number): number {
  const length = Math.max(last - first + 1, revisions.length)
  return Array.from({ length }, (_, n) => revisions[n] !== first + n).filter(Boolean).length
}
