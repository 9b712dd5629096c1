/**
 * What telling everybody costs at the least: Node's own server and better-sqlite3. A GET is an event stream; a POST
 * keeps its body in one row and sends one event to every stream. `<folder>`; prints where it is as JSON.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { memoryAt } from './live-memory.ts'

const [folder = '.'] = process.argv.slice(2)
const db = new SQLite(join(folder, 'bare.db'))
for (const pragma of ['journal_mode=WAL', 'synchronous=FULL']) db.pragma(pragma)
db.exec('create table events (id integer primary key, body text not null)')
const insert = db.prepare('insert into events (body) values (?)')
const streams = new Set<ServerResponse>()

async function say(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  const revision = Number(insert.run(body).lastInsertRowid)
  const at = new Date().toISOString()
  const event = Buffer.from(`id: ${revision}\ndata: ${JSON.stringify({ revision, kind: 'note', at, data: {} })}\n\n`)
  for (const stream of streams) stream.write(event)
  response.end(JSON.stringify({ revision }))
}

const server = createServer((request, response) => {
  if (request.method === 'POST') return void say(request, response)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  streams.add(response)
  response.once('close', () => streams.delete(response))
})

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, pid: process.pid, memory: await memoryAt() }))
})
process.once('SIGTERM', () => process.exit(0))
