/**
 * Builds the one script that blinds and casts ballots into one file, apart from the rest of the site, so that its hash
 * says something: the same sources give the same bytes. Writes its address and SHA-384 beside it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '..')

/** The bytes of the script. The same sources and packages give the same bytes, in any folder. */
export async function bundleRespondScript(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['app/surveys/respond/script.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  })
  return (outputFiles[0] as { contents: Uint8Array }).contents
}

export async function buildRespondScript(): Promise<void> {
  const bytes = await bundleRespondScript()
  const digest = createHash('sha384').update(bytes).digest()
  const name = `respond-${digest.toString('hex').slice(0, 16)}.js`
  const assets = join(ROOT, 'build/client/assets')
  mkdirSync(assets, { recursive: true })
  for (const old of readdirSync(assets)) if (/^respond-[0-9a-f]{16}\.js$/.test(old)) rmSync(join(assets, old))
  writeFileSync(join(assets, name), bytes)
  const description = { src: `/assets/${name}`, integrity: `sha384-${digest.toString('base64')}`, bytes: bytes.length }
  writeFileSync(join(ROOT, 'build/respond-script.json'), `${JSON.stringify(description)}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildRespondScript()
