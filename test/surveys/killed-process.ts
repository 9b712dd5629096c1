/**
 * A process of its own that kills itself in the middle: `close <url> <dataDir> <wave> <step>` after that step, `cast
 * <url> <dataDir> <wave> <body…>` and `collect <url> <dataDir> <wave> <person and message…>` as soon as half is
 * acknowledged, while others are under way.
 */
import { terminalActor } from '#app/identity/auth.server.ts'
import { castResponse } from '#app/surveys/casting/cast-response.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { collectBallot } from '#app/surveys/inviting/collect-ballot.server.ts'
import { openDatabase } from '#db/index.server.ts'

const [act, url = '', dataDir = '', id = '', ...rest] = process.argv.slice(2)
const db = openDatabase(url)
const wave = await findWave(db, id)
const clock = { now: () => Date.parse(wave?.answeringFrom ?? '') }
const context = { db, clock, actor: terminalActor(), dataDir, origin: null }

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

if (act === 'close')
  await closeWave(context, id, step => {
    if (step === rest[0]) die()
  })
else {
  let acknowledged = 0
  for (const [n, given] of rest.entries()) {
    const doing = (act === 'cast' ? cast(given) : collect(given)).then(said => {
      process.stdout.write(`${said}\n`)
      if (++acknowledged >= rest.length / 2) die()
    })
    if (n % 2 === 0) await doing
  }
}

async function cast(body: string): Promise<string> {
  return (await castResponse(context, id, Buffer.from(body, 'base64url'))).receipt
}

async function collect(given: string): Promise<string> {
  const [personId = '', message] = given.split(' ')
  const signature = await collectBallot({ ...context, actor: { ...context.actor, personId } }, id, message)
  return signature.toString('base64url')
}
