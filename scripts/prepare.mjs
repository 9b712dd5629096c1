// Installs from the lockfile when it has changed and builds when sources have changed; quick when nothing has.
// Uses nothing but Node, so that it runs on a clone without node_modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const steps = process.argv.slice(2)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Candor needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
if (steps.includes('install')) install()
if (steps.includes('build')) build(steps.includes('--force'))

function install() {
  const stamp = join(root, 'node_modules', '.candor-installed')
  const wanted = digest(['package.json', 'package-lock.json']) + process.version.split('.')[0]
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Installing the packages named in package-lock.json …')
  // A build of production must still have the tools that make it.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { NODE_ENV: 'development' })
  writeFileSync(stamp, wanted)
}

function build(force) {
  const stamp = join(root, 'build', '.candor-built')
  const wanted = digest([
    'app',
    'db',
    'content',
    'public',
    'scripts/build-respond-script.ts',
    'vite.config.ts',
    'remix.config.js',
    'package.json',
    'package-lock.json',
  ])
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Building …')
  run(process.execPath, ['--import', 'tsx', 'scripts/check-content.ts'])
  run(process.execPath, ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build', '--logLevel', 'error'], {
    NODE_ENV: 'production',
  })
  run(process.execPath, ['--import', 'tsx', 'scripts/build-respond-script.ts'])
  writeFileSync(stamp, wanted)
}

/** SHA-256 over the names and bytes of all files below the given paths. */
function digest(paths) {
  const hash = createHash('sha256')
  const visit = path => {
    const full = join(root, path)
    if (!existsSync(full)) return
    let children
    try {
      children = readdirSync(full).sort()
    } catch {
      hash.update(path).update('\0').update(readFileSync(full)).update('\0')
      return
    }
    for (const child of children) visit(join(path, child))
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}

function run(command, args, env = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  if (done.error) console.error(`${command} could not be started: ${done.error.message}`)
  if (done.status !== 0) process.exit(done.status ?? 1)
}
