/** How much memory a server's process holds, told on a port of its own. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** @returns the address at which this process tells its resident memory in bytes. */
export function memoryAt(): Promise<string> {
  return new Promise(resolve => {
    const server = createServer((_, response) => void response.end(String(process.memoryUsage.rss())))
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
    server.unref()
  })
}

export async function memoryOf(address: string): Promise<number> {
  return Number(await (await fetch(address)).text())
}
