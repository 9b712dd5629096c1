/**
 * What casting costs at the least: Node's own server and better-sqlite3. `GET /` answers with a page of the size given;
 * `POST /insert` keeps the body in one row; `POST /sign` also signs what is in it, once, natively, and verifies one
 * signature. Prints its address and the public key as JSON.
 */
import { constants, createPublicKey, generateKeyPairSync, privateDecrypt, sign, verify } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

const [folder, pageBytes] = process.argv.slice(2) as [string, string]
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = createPublicKey(privateKey)
const db = new SQLite(join(folder, 'bare.db'))
for (const pragma of ['journal_mode=WAL', 'synchronous=FULL']) db.pragma(pragma)
db.exec('create table responses (id integer primary key, body text not null)')
const insert = db.prepare('insert into responses (body) values (?)')
const page = Buffer.alloc(Number(pageBytes), 'a')

const pss = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
const message = Buffer.alloc(64, 1)
const signature = sign('sha384', message, { ...pss, key: privateKey })
/** Below the modulus whatever it is. */
const blinded = Buffer.alloc(256, 1)

function signAndVerify(): void {
  privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, blinded)
  if (!verify('sha384', message, pss, signature)) throw new Error('The signature does not verify')
}

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end(page)
  readBody(request).then(body => {
    if (request.url === '/sign') signAndVerify()
    insert.run(body)
    response.statusCode = 201
    response.end('{"receipt":"kept"}')
  })
})

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }))
})
process.once('SIGTERM', () => process.exit(0))
