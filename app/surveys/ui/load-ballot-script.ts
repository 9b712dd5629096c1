/** Brings the one script that blinds and casts into a signed-in page, held against its hash by the browser. */
import type { CandorBallots } from '../respond/script.ts'

type WithBallots = { candorBallots?: CandorBallots }

/** @throws Error when the script does not come, or is not the one with this hash. */
export function loadBallotScript({ src, integrity }: { src: string; integrity: string }): Promise<CandorBallots> {
  const here = (globalThis as WithBallots).candorBallots
  if (here) return Promise.resolve(here)
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.type = 'module'
    script.src = src
    script.integrity = integrity
    script.addEventListener('load', () => {
      const loaded = (globalThis as WithBallots).candorBallots
      if (loaded) resolve(loaded)
      else reject(new Error('The script of ballots did not start.'))
    })
    script.addEventListener('error', () => reject(new Error('The script of ballots did not load.')))
    document.head.append(script)
  })
}
