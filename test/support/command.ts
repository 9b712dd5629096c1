/** Runs the project's own programs as an operator would: another process, its output, its exit status. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface Started {
  process: ChildProcess
  /** What it has printed so far, both streams. */
  output(): string
  /** Resolves with the match once the output has it; rejects if the program ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  finished: Promise<Finished>
}

type Environment = Record<string, string | undefined>

/** Starts `scripts/<script>` with only the given variables beside those of the shell. */
export function start(script: string, args: string[] = [], env: Environment = {}, input?: string): Started {
  const variables: Environment = { PATH: process.env.PATH, HOME: process.env.HOME, ...env }
  const child = spawn(process.execPath, ['--import', 'tsx', join('scripts', script), ...args], {
    cwd: PROJECT_FOLDER,
    env: variables as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  const heard = (add: (text: string) => void) => (chunk: Buffer) => {
    add(chunk.toString())
    for (const listener of listeners) listener()
  }
  child.stdout.on(
    'data',
    heard(text => {
      stdout += text
    }),
  )
  child.stderr.on(
    'data',
    heard(text => {
      stderr += text
    }),
  )
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, stdout, stderr }))
  })
  const output = () => stdout + stderr
  return {
    process: child,
    output,
    finished,
    says: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output())
          if (!match) return
          listeners.delete(look)
          resolve(match)
        }
        listeners.add(look)
        look()
        void finished.then(({ code }) =>
          reject(new Error(`It ended with ${code} before it said ${pattern}: ${output()}`)),
        )
      }),
  }
}

/** Runs it to its end. */
export function run(script: string, args: string[], env: Environment = {}, input?: string): Promise<Finished> {
  return start(script, args, env, input).finished
}
