/** What every bench needs: one process per case, order statistics, a table for people. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'

export interface BenchOptions {
  /** Small sizes and one run: whether it works, not how fast it is. */
  quick: boolean
  /** Says what is going on; to stderr, so that stdout is the result alone. */
  say: (text: string) => void
  /** Where what is measured stands, for a bench that takes it from a folder. */
  folder?: string
}

/** Figures for machines, and the same for people. */
export interface BenchResult {
  json: object
  text: string
  /** A picture of it, where there is one. */
  svg?: string
}

export interface Bench {
  title: string
  run(options: BenchOptions): Promise<BenchResult>
}

/** Runs one of this folder's programs in a process of its own; its first line of output is the answer, as JSON. */
export async function runCase<T>(program: string, ...args: string[]): Promise<T> {
  const { answer, ended } = await startCase<T>(program, ...args)
  await ended
  return answer
}

/** The same for a program that goes on after its answer, until it is stopped. */
export async function startCase<T>(
  program: string,
  ...args: string[]
): Promise<{ answer: T; ended: Promise<void>; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, program), ...args], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', status =>
      status === 0 ? resolve() : reject(new Error(`${program} ${args.join(' ')} ended with status ${status}`)),
    )
  })
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [undefined])])
  if (line === undefined) throw new Error(`${program} ${args.join(' ')} gave no answer`)
  const stop = (): Promise<void> => {
    child.kill('SIGTERM')
    return ended
  }
  return { answer: JSON.parse(line) as T, ended, stop }
}

export interface Cost {
  ms: number
  /** Processor time of all threads: hardly moved by what else the machine is doing. */
  cpuMs: number
  /** The most memory that the process ever held. */
  peakMb: number
}

/** Time and memory of some work in this process; the peak is the whole process's, so do one thing in each. */
export async function costOf(work: () => Promise<unknown> | unknown): Promise<Cost> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { ms, cpuMs: (user + system) / 1_000, peakMb: process.resourceUsage().maxRSS / 1_024 }
}

export function medianOf<T>(runs: readonly T[], figure: (run: T) => number): number {
  return quantile(runs.map(figure), 0.5)
}

/** The smallest value that at least this share of the values does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** A folder that is gone when the work is done. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A Markdown table, its columns aligned: words to the left, figures to the right. */
export function tableOf(head: string[], rows: string[][]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map(row => (row[column] ?? '').length)))
  const isFigure = head.map((_, column) => rows.every(row => /^[\d,.]+( \S{1,2}|×)?$|^–?$/.test(row[column] ?? '')))
  const line = (cells: string[]): string =>
    `| ${widths.map((width, column) => (isFigure[column] ? (cells[column] ?? '').padStart(width) : (cells[column] ?? '').padEnd(width))).join(' | ')} |`
  const rule = widths.map(
    (width, column) => `${'-'.repeat(width + (isFigure[column] ? 1 : 2))}${isFigure[column] ? ':' : ''}`,
  )
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line)].join('\n')
}

export function inSeconds(ms: number): string {
  return (ms / 1_000).toFixed(2)
}

export function thousands(count: number): string {
  return count.toLocaleString('en-GB')
}
