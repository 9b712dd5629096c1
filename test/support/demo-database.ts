/** Seeds the demo organisation once for the browser journeys; each file works on a copy. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { seedDemo } from '#db/seeds/demo-organisation.server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    demoDatabase: string
  }
}

export default async function setup({
  provide,
}: {
  provide: (key: 'demoDatabase', value: string) => void
}): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-demo-'))
  const file = join(folder, 'demo.db')
  const db = openDatabase(`file:${file}`)
  await prepareDatabase({ db, clock: systemClock })
  await seedDemo({ db, clock: systemClock })
  await db.destroy()
  provide('demoDatabase', file)
  return () => rmSync(folder, { recursive: true, force: true })
}
